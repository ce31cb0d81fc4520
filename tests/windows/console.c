/* console OUT COMMAND…: runs a command line in a console of its own that knows no
 * colours, as one that Explorer opens, types what is in the environment's
 * CCHC_KEYS, and writes to OUT how it ended and what the console then shows. */
#include <stdio.h>
#include <windows.h>

enum { WIDE = 120, HIGH = 300, LONGEST = 60000 };

static void type(HANDLE in, const wchar_t *keys)
{
    for (; *keys; keys++) {
        INPUT_RECORD record = {.EventType = KEY_EVENT};
        DWORD count;
        record.Event.KeyEvent.bKeyDown = TRUE;
        record.Event.KeyEvent.wRepeatCount = 1;
        record.Event.KeyEvent.uChar.UnicodeChar = *keys == L'|' ? L'\r' : *keys;
        record.Event.KeyEvent.wVirtualKeyCode = *keys == L'|' ? VK_RETURN : 0;
        WriteConsoleInputW(in, &record, 1, &count);
        record.Event.KeyEvent.bKeyDown = FALSE;
        WriteConsoleInputW(in, &record, 1, &count);
    }
}

int wmain(int count, wchar_t **words)
{
    FILE *out = count == 3 ? _wfopen(words[1], L"wb") : NULL;
    if (!out)
        return 2;
    FreeConsole();
    AllocConsole();
    SECURITY_ATTRIBUTES handed_on = {sizeof handed_on, NULL, TRUE};
    DWORD both = GENERIC_READ | GENERIC_WRITE, shared = FILE_SHARE_READ | FILE_SHARE_WRITE;
    HANDLE screen = CreateFileW(L"CONOUT$", both, shared, &handed_on, OPEN_EXISTING, 0, NULL);
    HANDLE keys = CreateFileW(L"CONIN$", both, shared, &handed_on, OPEN_EXISTING, 0, NULL);
    SetConsoleScreenBufferSize(screen, (COORD){WIDE, HIGH});
    SetConsoleMode(screen, ENABLE_PROCESSED_OUTPUT | ENABLE_WRAP_AT_EOL_OUTPUT);

    STARTUPINFOW start = {.cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES};
    start.hStdInput = keys;
    start.hStdOutput = start.hStdError = screen;
    PROCESS_INFORMATION child;
    if (!CreateProcessW(NULL, words[2], NULL, NULL, TRUE, 0, NULL, NULL, &start, &child))
        return 3;
    wchar_t typed[200] = L"";
    if (GetEnvironmentVariableW(L"CCHC_KEYS", typed, 200))
        type(keys, typed);
    DWORD code = 0, mode = 0;
    if (WaitForSingleObject(child.hProcess, LONGEST) == WAIT_TIMEOUT)
        TerminateProcess(child.hProcess, 99);
    WaitForSingleObject(child.hProcess, LONGEST);
    GetExitCodeProcess(child.hProcess, &code);
    GetConsoleMode(screen, &mode);
    fprintf(out, "code %lu, mode %lu\n", code, mode);

    CONSOLE_SCREEN_BUFFER_INFO info;
    GetConsoleScreenBufferInfo(screen, &info);
    for (SHORT row = 0; row <= info.dwCursorPosition.Y; row++) {
        wchar_t line[WIDE + 1];
        char text[4 * WIDE + 1];
        DWORD length = 0;
        ReadConsoleOutputCharacterW(screen, line, WIDE, (COORD){0, row}, &length);
        while (length && line[length - 1] == L' ')
            length--;
        line[length] = 0;
        WideCharToMultiByte(CP_UTF8, 0, line, -1, text, sizeof text, NULL, NULL);
        fprintf(out, "%s\n", text);
    }
    return fclose(out) == 0 ? 0 : 4;
}
