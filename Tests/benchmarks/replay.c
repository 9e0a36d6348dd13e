/*
 * The floor under a tool that writes: replay CONFIGURATION LOCK OPERATION...
 *
 * Does what no tool can do without: reads the configuration with libyaml's events, takes the lock, and performs the
 * operations that bin/bench has seen the tool perform:
 *
 *   append PATH LENGTH          write LENGTH bytes to the end of PATH
 *   write PATH LENGTH OFFSET    write LENGTH bytes at OFFSET of PATH
 *   sync PATH                   fdatasync PATH
 *
 * Each file is opened once; before an append its end is looked at, as the tools do.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

enum { MAXIMUM = 1 << 16, FILES = 32 };

static char bytes[MAXIMUM];
static struct {
	const char *path;
	int descriptor;
} files[FILES];

static void fail(const char *what)
{
	fprintf(stderr, "replay: cannot %s: %s\n", what, strerror(errno));
	exit(74);
}

static int descriptor(const char *path)
{
	for (int i = 0; i < FILES; i++) {
		if (!files[i].path) {
			files[i].path = path;
			files[i].descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
			if (files[i].descriptor < 0)
				fail(path);
			return files[i].descriptor;
		}
		if (strcmp(files[i].path, path) == 0)
			return files[i].descriptor;
	}
	fail("open so many files");
	return -1;
}

static void read_configuration(const char *path)
{
	yaml_parser_t parser;
	yaml_event_t event;
	FILE *file = fopen(path, "r");
	if (!file || !yaml_parser_initialize(&parser))
		fail(path);
	yaml_parser_set_input_file(&parser, file);
	for (int done = 0; !done;) {
		if (!yaml_parser_parse(&parser, &event))
			fail("parse");
		done = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	fclose(file);
}

static void append(const char *path, size_t length)
{
	struct stat status;
	char last;
	int file = descriptor(path);
	if (fstat(file, &status) < 0 || (status.st_size > 0 && pread(file, &last, 1, status.st_size - 1) != 1))
		fail(path);
	if (pwrite(file, bytes, length, status.st_size) != (ssize_t)length)
		fail(path);
}

int main(int count, char **words)
{
	if (count < 3) {
		fprintf(stderr, "usage: replay CONFIGURATION LOCK OPERATION...\n");
		return 64;
	}
	memset(bytes, 'x', sizeof bytes);
	read_configuration(words[1]);
	if (flock(descriptor(words[2]), LOCK_EX) < 0)
		fail(words[2]);
	for (int i = 3; i < count;) {
		size_t length = i + 2 < count ? strtoul(words[i + 2], NULL, 10) : 0;
		if (strcmp(words[i], "append") == 0 && i + 2 < count && length <= MAXIMUM) {
			/* A line ends as a line does, so that whoever reads the file finds lines. */
			bytes[length - 1] = '\n';
			append(words[i + 1], length);
			bytes[length - 1] = 'x';
			i += 3;
		} else if (strcmp(words[i], "write") == 0 && i + 3 < count && length <= MAXIMUM) {
			if (pwrite(descriptor(words[i + 1]), bytes, length, strtol(words[i + 3], NULL, 10)) != (ssize_t)length)
				fail(words[i + 1]);
			i += 4;
		} else if (strcmp(words[i], "sync") == 0 && i + 1 < count) {
			if (fdatasync(descriptor(words[i + 1])) < 0)
				fail(words[i + 1]);
			i += 2;
		} else {
			fprintf(stderr, "replay: unknown operation: %s\n", words[i]);
			return 64;
		}
	}
	return 0;
}
