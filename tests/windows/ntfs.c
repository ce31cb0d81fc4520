/* For LD_PRELOAD, beside wineserver, through which programs under Wine rename.
 *
 * NTFS does not rename a folder below which a file is open, whoever has it open
 * and however it is shared; Linux does. Here such a rename is refused as NTFS
 * refuses it. With CCHC_KILL_AT=N, the N-th rename that is done is the last
 * thing a cchc.exe does: it is killed before it hears of it. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether what runs as this process ("self") has this in its path. */
static int is_run_by(const char *process, const char *name)
{
    char link[PATH_MAX], path[PATH_MAX] = "";
    snprintf(link, sizeof link, "/proc/%s/exe", process);
    return readlink(link, path, sizeof path - 1) > 0 && strstr(path, name) != NULL;
}

static int has_open_below(const char *folder)
{
    struct dirent *entry;
    size_t length = strlen(folder);
    int found = 0;
    DIR *open_ones = opendir("/proc/self/fd");
    while (open_ones && !found && (entry = readdir(open_ones))) {
        char link[PATH_MAX], path[PATH_MAX];
        snprintf(link, sizeof link, "/proc/self/fd/%s", entry->d_name);
        ssize_t end = readlink(link, path, sizeof path - 1);
        if (end <= 0)
            continue;
        path[end] = 0;
        found = !strncmp(path, folder, length) && path[length] == '/' && !strstr(path, " (deleted)");
    }
    if (open_ones)
        closedir(open_ones);
    return found;
}

static void kill_program(void)
{
    struct dirent *entry;
    DIR *all = opendir("/proc");
    while (all && (entry = readdir(all))) {
        char name[PATH_MAX], words[PATH_MAX] = "";
        snprintf(name, sizeof name, "/proc/%s/cmdline", entry->d_name);
        FILE *file = is_run_by(entry->d_name, "/wine64") ? fopen(name, "r") : NULL;
        size_t length = file ? fread(words, 1, sizeof words - 1, file) : 0;
        if (memmem(words, length, "cchc.exe", strlen("cchc.exe")))
            kill(atoi(entry->d_name), SIGKILL);
        if (file)
            fclose(file);
    }
    if (all)
        closedir(all);
}

static void told(const char *what, const char *from, const char *to)
{
    const char *name = getenv("CCHC_RENAMES");
    FILE *log = name ? fopen(name, "a") : NULL;
    if (log) {
        fprintf(log, "%s %s -> %s\n", what, from, to);
        fclose(log);
    }
}

int rename(const char *from, const char *to)
{
    static int done;
    int (*real)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
    struct stat data;
    char whole[PATH_MAX];
    if (!is_run_by("self", "wineserver"))
        return real(from, to);
    if (!lstat(from, &data) && S_ISDIR(data.st_mode) && realpath(from, whole) && has_open_below(whole)) {
        told("refused", from, to);
        errno = EACCES;
        return -1;
    }
    int answer = real(from, to);
    if (answer == 0) {
        const char *last = getenv("CCHC_KILL_AT");
        told("done", from, to);
        if (last && ++done == atoi(last))
            kill_program();
    }
    return answer;
}
