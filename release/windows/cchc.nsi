; The installer: for one person, without administrator's rights.
; Called by release/build.sh, which gives VERSION, FOUR, FOLDER (what is
; installed), LISTS (of its files) and OUT.
Unicode true
Target amd64-unicode
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
!include MUI2.nsh
!include FileFunc.nsh

!define TITLE "Chấm điểm CCHC"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\cchc"
!define CLASSES "Software\Classes"

Name "${TITLE}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\cchc"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "cchc ${VERSION}"

VIProductVersion "${FOUR}"
VIAddVersionKey ProductName "cchc"
VIAddVersionKey FileDescription "Cài đặt ${TITLE}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey LegalCopyright "MIT OR Apache-2.0"

!define MUI_ICON "cchc.ico"
!define MUI_UNICON "cchc.ico"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "Cài đặt ${TITLE}"
!define MUI_WELCOMEPAGE_TEXT "Chương trình được cài cho riêng tài khoản này, không cần quyền quản trị.$\r$\n$\r$\nSau khi cài: bấm chuột phải vào thư mục kỳ rồi chọn «${TITLE}», hoặc chọn «Gửi tới», hoặc mở từ trình đơn Bắt đầu."
!define MUI_FINISHPAGE_TITLE "Đã cài đặt xong"
!define MUI_FINISHPAGE_TEXT "Bấm chuột phải vào thư mục kỳ rồi chọn «${TITLE}» để chấm."
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Mở hướng dẫn"
!define MUI_FINISHPAGE_RUN_FUNCTION open_guide
!define MUI_UNCONFIRMPAGE_TEXT_TOP "Chỉ gỡ bỏ chương trình. Mọi thư mục kỳ đánh giá được giữ nguyên."
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"

Function open_guide
  ExecShell open "$INSTDIR\Huong-dan.html"
FunctionEnd

; A program that runs cannot be replaced: said before anything is touched.
!macro refuse_if_running
  IfFileExists "$INSTDIR\cchc.exe" 0 free
  ClearErrors
  FileOpen $0 "$INSTDIR\cchc.exe" a
  IfErrors 0 closed
  MessageBox MB_OK|MB_ICONSTOP "Chương trình đang chạy. Hãy đóng các cửa sổ «${TITLE}» rồi làm lại." /SD IDOK
  SetErrorLevel 2
  Abort "Chương trình đang chạy."
closed:
  FileClose $0
free:
!macroend

; Every file is installed with one and the same time: one that has another was
; changed by somebody, as a form of a sample that was filled in, and is not ours.
!macro delete_ours FILE
  GetFileTime "${FILE}" $2 $3
  StrCmp "$0/$1" "$2/$3" 0 +2
  Delete "${FILE}"
!macroend

!ifdef SIGN
  !uninstfinalize '"${SIGN}" "%1"'
!endif

Section
  SetShellVarContext current
  !insertmacro refuse_if_running
  !include "${LISTS}/install.nsh"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\Go-bo.exe"

  CreateDirectory "$SMPROGRAMS\${TITLE}"
  CreateShortCut "$SMPROGRAMS\${TITLE}\${TITLE}.lnk" "$INSTDIR\cchc.exe"
  CreateShortCut "$SMPROGRAMS\${TITLE}\Hướng dẫn.lnk" "$INSTDIR\Huong-dan.html"
  CreateShortCut "$SMPROGRAMS\${TITLE}\Kỳ mẫu.lnk" "$INSTDIR\ky-mau"
  CreateShortCut "$SMPROGRAMS\${TITLE}\Gỡ bỏ.lnk" "$INSTDIR\Go-bo.exe"
  CreateShortCut "$SENDTO\${TITLE}.lnk" "$INSTDIR\cchc.exe"

  WriteRegStr HKCU "${CLASSES}\Directory\shell\cchc" "" "${TITLE}"
  WriteRegStr HKCU "${CLASSES}\Directory\shell\cchc" "Icon" "$INSTDIR\cchc.exe,0"
  WriteRegStr HKCU "${CLASSES}\Directory\shell\cchc\command" "" '"$INSTDIR\cchc.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\Directory\Background\shell\cchc" "" "${TITLE}"
  WriteRegStr HKCU "${CLASSES}\Directory\Background\shell\cchc" "Icon" "$INSTDIR\cchc.exe,0"
  WriteRegStr HKCU "${CLASSES}\Directory\Background\shell\cchc\command" "" '"$INSTDIR\cchc.exe" "%V"'
  WriteRegStr HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\cchc.exe" "" "$INSTDIR\cchc.exe"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${TITLE} (cchc)"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\cchc.exe,0"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "cchc"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\Go-bo.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\Go-bo.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

; Only what was installed goes, file by file: a round that was made in the same
; folder, what was computed there, and a sample that was changed stay.
Section Uninstall
  SetShellVarContext current
  !insertmacro refuse_if_running
  GetFileTime "$INSTDIR\cchc.exe" $0 $1
  !include "${LISTS}/uninstall.nsh"
  Delete "$INSTDIR\Go-bo.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${TITLE}\*.lnk"
  RMDir "$SMPROGRAMS\${TITLE}"
  Delete "$SENDTO\${TITLE}.lnk"
  DeleteRegKey HKCU "${CLASSES}\Directory\shell\cchc"
  DeleteRegKey HKCU "${CLASSES}\Directory\Background\shell\cchc"
  DeleteRegKey HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\cchc.exe"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
