/*
 * Times whole processes: timer ROUNDS NAME COMMAND [ARGUMENT...] [";" NAME COMMAND [ARGUMENT...]]...
 *
 * Each round runs every command once, in turn, so that what disturbs the machine disturbs all of them alike. Prints
 * NAME, median and 90th percentile in microseconds, and the largest resident size in KiB, separated by tabs, a line
 * each. A command with the name "-" prepares the next one and is not told. A command that fails ends the run: its time
 * would be the time of something else.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

struct command {
	const char *name;
	char **arguments;
	double *microseconds;
	long kibibytes;
};

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static double run(struct command *command, const posix_spawn_file_actions_t *quiet)
{
	pid_t child;
	int status;
	struct rusage usage;
	double began = now();
	int error = posix_spawnp(&child, command->arguments[0], quiet, NULL, command->arguments, environ);
	if (error) {
		fprintf(stderr, "timer: cannot run %s: %s\n", command->arguments[0], strerror(error));
		exit(69);
	}
	while (wait4(child, &status, 0, &usage) < 0)
		if (errno != EINTR)
			exit(70);
	double took = now() - began;
	if (status) {
		fprintf(stderr, "timer: %s: %s failed with wait status %d\n", command->name, command->arguments[0], status);
		exit(65);
	}
	if (usage.ru_maxrss > command->kibibytes)
		command->kibibytes = usage.ru_maxrss;
	return took;
}

static int ascending(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;
	return (a > b) - (a < b);
}

int main(int count, char **words)
{
	int rounds = count > 1 ? atoi(words[1]) : 0;
	if (rounds < 1 || count < 4) {
		fprintf(stderr, "usage: timer ROUNDS NAME COMMAND [ARGUMENT...] [\";\" NAME COMMAND ...]...\n");
		return 64;
	}
	struct command *commands = calloc(count, sizeof *commands);
	int number = 0;
	for (int i = 2; i + 1 < count; i++) {
		struct command *command = &commands[number++];
		command->name = words[i++];
		command->arguments = &words[i];
		command->microseconds = calloc(rounds, sizeof(double));
		while (i < count && strcmp(words[i], ";") != 0)
			i++;
		if (i < count)
			words[i] = NULL;
	}

	posix_spawn_file_actions_t quiet;
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);

	for (int round = -1; round < rounds; round++)
		for (int i = 0; i < number; i++) {
			double took = run(&commands[i], &quiet);
			if (round >= 0)
				commands[i].microseconds[round] = took;
		}
	for (int i = 0; i < number; i++) {
		if (strcmp(commands[i].name, "-") == 0)
			continue;
		qsort(commands[i].microseconds, rounds, sizeof(double), ascending);
		printf("%s\t%.0f\t%.0f\t%ld\n", commands[i].name, commands[i].microseconds[rounds / 2],
		       commands[i].microseconds[rounds * 9 / 10], commands[i].kibibytes);
	}
	return 0;
}
