/*
 * The floor under a report: scan-lines FILE
 *
 * Counts starts and completions per droid, as the data engines are asked to, and does nothing else: two threads read half
 * of the file each, find line ends and quotes with memchr, and step over every top-level key and value of each line.
 * Prints the counts in order of the droids' names. Lines are taken to be well formed.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 1 << 18, LONGEST = 1 << 16, SLOTS = 1 << 15 };

struct droid {
	char name[136];
	size_t length;
	long started, completed;
};

/* One thread's part of the file: the lines that begin in it. */
struct part {
	int file;
	off_t begin, end;
	size_t droids;
	struct droid *slots;
	char *bytes;
};

static struct droid *find(struct part *part, const char *name, size_t length)
{
	size_t slot = length;
	for (size_t i = 0; i < length; i++)
		slot = (slot ^ (unsigned char)name[i]) * 0x100000001b3;
	for (slot ^= slot >> 29;; slot++) {
		struct droid *droid = &part->slots[slot %= SLOTS];
		if (droid->length == length && memcmp(droid->name, name, length) == 0)
			return droid;
		if (droid->length == 0) {
			if (length >= sizeof droid->name || ++part->droids == SLOTS)
				exit(65);
			memcpy(droid->name, name, length);
			droid->length = length;
			return droid;
		}
	}
}

/* The closing quote of the string that begins at text. */
static const char *closing(const char *text, const char *end)
{
	const char *quote = text;
	while ((quote = memchr(quote, '"', end - quote))) {
		const char *slash = quote;
		while (slash > text && slash[-1] == '\\')
			slash--;
		if ((quote - slash) % 2 == 0)
			return quote;
		quote++;
	}
	exit(65);
}

/* The first byte after the value at text. */
static const char *after_value(const char *text, const char *end)
{
	int depth = 0;
	for (; text < end; text++)
		switch (*text) {
		case '"':
			text = closing(text + 1, end);
			break;
		case '{':
		case '[':
			depth++;
			break;
		case '}':
		case ']':
			if (depth-- == 0)
				return text;
			break;
		case ',':
			if (depth == 0)
				return text;
		}
	return text;
}

static int is(const char *text, size_t length, const char *word)
{
	return length == strlen(word) && memcmp(text, word, length) == 0;
}

static void take(struct part *part, const char *text, const char *end)
{
	const char *type = NULL, *droid = NULL;
	size_t type_length = 0, droid_length = 0;
	for (text++; text < end && *text == '"';) {
		const char *key = text + 1, *quote = closing(key, end), *value = quote + 1;
		while (value < end && (*value == ':' || *value == ' '))
			value++;
		if (*value == '"') {
			text = closing(++value, end);
			if (is(key, quote - key, "event_type"))
				type = value, type_length = text - value;
			else if (is(key, quote - key, "droid_id"))
				droid = value, droid_length = text - value;
			text++;
		} else {
			text = after_value(value, end);
		}
		while (text < end && (*text == ',' || *text == ' '))
			text++;
	}
	if (!type || !droid)
		return;
	if (is(type, type_length, "task.execution.started"))
		find(part, droid, droid_length)->started++;
	else if (is(type, type_length, "task.execution.completed"))
		find(part, droid, droid_length)->completed++;
}

static void *scan(void *argument)
{
	struct part *part = argument;
	size_t kept = 0;
	/* A part begins after the line that holds the byte before it, and ends with the line that holds its last byte. */
	int skips = part->begin > 0;
	off_t offset = part->begin - skips, line_begin = offset;
	for (;;) {
		ssize_t count = pread(part->file, part->bytes + kept, BLOCK, offset);
		if (count < 0)
			exit(74);
		if (count == 0)
			return NULL;
		offset += count;
		const char *line = part->bytes, *end = part->bytes + kept + count, *feed;
		while ((feed = memchr(line, '\n', end - line))) {
			if (line_begin >= part->end)
				return NULL;
			if (!skips)
				take(part, line, feed);
			skips = 0;
			line_begin += feed + 1 - line;
			line = feed + 1;
		}
		kept = end - line;
		if (kept > LONGEST)
			exit(65);
		memmove(part->bytes, line, kept);
	}
}

static int by_name(const void *left, const void *right)
{
	return strcmp(((const struct droid *)left)->name, ((const struct droid *)right)->name);
}

int main(int count, char **words)
{
	struct part parts[2];
	struct stat status;
	pthread_t thread;
	int file = count == 2 ? open(words[1], O_RDONLY | O_CLOEXEC) : -1;
	if (file < 0 || fstat(file, &status) < 0) {
		fprintf(stderr, "usage: scan-lines FILE\n");
		return 64;
	}
	for (int i = 0; i < 2; i++) {
		parts[i] = (struct part){.file = file, .begin = i * (status.st_size / 2)};
		parts[i].end = i ? status.st_size : status.st_size / 2;
		parts[i].slots = calloc(SLOTS, sizeof *parts[i].slots);
		parts[i].bytes = malloc(BLOCK + LONGEST);
		if (!parts[i].slots || !parts[i].bytes)
			return 70;
	}
	if (pthread_create(&thread, NULL, scan, &parts[1]))
		return 70;
	scan(&parts[0]);
	pthread_join(thread, NULL);
	for (size_t i = 0; i < SLOTS; i++) {
		const struct droid *other = &parts[1].slots[i];
		if (other->length) {
			struct droid *droid = find(&parts[0], other->name, other->length);
			droid->started += other->started;
			droid->completed += other->completed;
		}
	}
	size_t droids = 0;
	for (size_t i = 0; i < SLOTS; i++)
		if (parts[0].slots[i].length)
			parts[0].slots[droids++] = parts[0].slots[i];
	qsort(parts[0].slots, droids, sizeof *parts[0].slots, by_name);
	for (size_t i = 0; i < droids; i++)
		printf("%s\t%ld\t%ld\n", parts[0].slots[i].name, parts[0].slots[i].started, parts[0].slots[i].completed);
	return 0;
}
