/* bcryptprimitives.dll, which Wine 8 lacks and the standard library of Rust asks
 * for random bytes. For tests only: it lies beside the programs that are tried,
 * never in what is released. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length)
{
    return SystemFunction036(buffer, (ULONG)length);
}
