// Reads lines from standard input and appends a line of a given length for each to two files, many in one write: what a
// stream of reports cannot do without.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BATCH = 128 * 1024 };

static int files[2];
static char *batch;
static size_t held;

static void flush(void) {
	for (int i = 0; i < 2; i++)
		if (write(files[i], batch, held) != (ssize_t)held) exit(74);
	held = 0;
}

int main(int argc, char **argv) {
	static char input[64 * 1024];
	char name[4096];
	ssize_t count;
	if (argc != 3) return 64;
	const size_t length = strtoul(argv[1], NULL, 10);
	if (length == 0 || length > BATCH) return 64;
	for (int i = 0; i < 2; i++) {
		snprintf(name, sizeof name, "%s%d", argv[2], i);
		files[i] = open(name, O_WRONLY | O_CREAT | O_APPEND, 0600);
		if (files[i] < 0) return 73;
	}
	batch = malloc(BATCH + length);
	while ((count = read(0, input, sizeof input)) > 0) {
		const char *line = input, *end;
		while ((end = memchr(line, '\n', input + count - line))) {
			memset(batch + held, 'x', length - 1);
			batch[held + length - 1] = '\n';
			held += length;
			if (held >= BATCH) flush();
			line = end + 1;
		}
	}
	flush();
	return count < 0;
}
