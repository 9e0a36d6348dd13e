/*
 * The floor under a sweep: owners STATE
 *
 * Reads every file of the ledger below the directory STATE, finds the owners its records name ("pid":N) and reads
 * /proc/N/stat of each distinct one once.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *contents;
static size_t capacity;
static int *owners;
static size_t number, space;

static void note_owners(const char *text, size_t length)
{
	static const char key[] = "\"pid\":";
	const char *end = text + length;
	for (const char *at = text; (at = memmem(at, end - at, key, sizeof key - 1));) {
		at += sizeof key - 1;
		if (number == space)
			owners = realloc(owners, (space = space ? 2 * space : 1024) * sizeof *owners);
		owners[number++] = atoi(at);
	}
}

static int read_file(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)place;
	if (kind != FTW_F || status->st_size == 0)
		return 0;
	if ((size_t)status->st_size + 1 > capacity)
		contents = realloc(contents, capacity = 2 * status->st_size + 1);
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = file < 0 ? -1 : read(file, contents, status->st_size);
	if (length < 0) {
		fprintf(stderr, "owners: cannot read %s: %s\n", path, strerror(errno));
		exit(74);
	}
	close(file);
	contents[length] = 0;
	note_owners(contents, length);
	return 0;
}

static int ascending(const void *left, const void *right)
{
	int a = *(const int *)left, b = *(const int *)right;
	return (a > b) - (a < b);
}

int main(int count, char **words)
{
	if (count != 2) {
		fprintf(stderr, "usage: owners STATE\n");
		return 64;
	}
	if (nftw(words[1], read_file, 32, FTW_PHYS))
		return 74;
	qsort(owners, number, sizeof *owners, ascending);
	size_t distinct = 0;
	for (size_t i = 0; i < number; i++) {
		char path[64], line[1024];
		if (i > 0 && owners[i] == owners[i - 1])
			continue;
		distinct++;
		snprintf(path, sizeof path, "/proc/%d/stat", owners[i]);
		int file = open(path, O_RDONLY | O_CLOEXEC);
		if (file >= 0) {
			if (read(file, line, sizeof line) < 0)
				return 74;
			close(file);
		}
	}
	printf("%zu records, %zu owners\n", number, distinct);
	return 0;
}
