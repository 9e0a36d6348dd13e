/*
 * Writes a made-up journal as the tools would have written it: generate-events [OPTION VALUE]...
 *
 *   --executions N   executions (200 000); each gives a start, its reports and, unless it is left open, an ending
 *   --events N       about N event lines instead: the executions, or with --executions the reports, follow from it
 *   --reports N      self-reports of an execution (3)
 *   --droids N       droids, the first of them with the most work (60)
 *   --tasks N        tasks (executions / 40); as many as executions makes each distinct
 *   --open N         about so many executions stay open (executions / 1000)
 *   --end SECONDS    the last start, in seconds since the epoch (2026-01-01)
 *   --days N         the time between the first start and the last (30)
 *   --seed N         the same lines for the same options and seed (1)
 *   --journal DIR    all five streams, into files of DIR; without it the events stream, to stdout
 *
 * Lines come in order of time, with the keys, spaces and lengths of the encoder (DESIGN, section 3): 1 000 000 events are
 * about 400 MB. Some executions fail, stop at their limit or are abandoned, and some abandoned ones end late.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum kind { START, REPORT, END, ABANDON };
enum fate { COMPLETED, FAILED, TIMED_OUT, ABANDONED, ABANDONED_THEN_FAILED, OPEN };

struct execution {
	int64_t start, length; /* in microseconds */
	uint32_t number, tag, task, droid, run;
	enum fate fate;
	int report, is_late;
};

struct event {
	int64_t time;
	enum kind kind;
	struct execution *execution;
};

static struct {
	int64_t executions, events, reports, droids, tasks, open, end, days, seed;
	const char *journal;
} wanted = {-1, -1, -1, 60, -1, -1, 1767225600, 30, 1, NULL};

static FILE *events, *droid_status, *results, *performance, *audit;

static const char *const messages[] = {
	"reading", "half of it read", "schema drafted", "12 of 40 tests pass", "waiting for the build", "refactoring",
	"second round: 3 remarks left", "trying again", "writing the docs", "all unit tests pass",
};
static const char *const descriptions[] = {
	"Add the login form", "Design the billing tables", "Test the importer", "Review the pull request",
	"Build the image", "Fix the flaky test of the scheduler", "Translate the errors",
};
static const char *const names[] = {"frontend", "backend", "reviewer", "tester", "designer", "importer"};
/* Each takes a number, another number, and a word. */
static const char *const errors[] = {
	"AssertionError: expected status %u, got %u in test_%s", "connection to 10.0.%u.%u refused while loading %s",
	"ModuleNotFoundError: no module named 'plugin_%u_%u_%s'", "cannot open ~/shop/build-%u/out/%u/%s.json: No such file",
	"process exited with status %u after %u ms in stage %s", "line %u, column %u: unexpected end of '%s'",
	"merge conflict in src/%u/%u/%s.swift", "coverage %u%% is below the limit of %u%% in %s",
	"HTTP %u from the registry after %u attempts for %s", "out of memory: %u MB wanted, %u MB free in %s",
};
static const char *const subjects[] = {"login", "billing", "parser", "importer", "scheduler", "renderer", "gateway"};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static uint64_t state;

/* The generator splitmix64 of Steele, Lea and Flood (2014). */
static uint64_t chance(void)
{
	uint64_t mixed = state += 0x9e3779b97f4a7c15;
	mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
	mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
	return mixed ^ (mixed >> 31);
}

static double fraction(void) { return (chance() >> 11) * 0x1p-53; }

static uint32_t below(uint32_t limit) { return (chance() >> 32) * (uint64_t)limit >> 32; }

static double normal(void) { return sqrt(-2 * log(1 - fraction())) * cos(2 * M_PI * fraction()); }

/* The text being put together: a line, or a part that several lines share. */
struct text {
	char bytes[16384];
	int length;
};

__attribute__((format(printf, 2, 3))) static void add(struct text *text, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	text->length += vsnprintf(text->bytes + text->length, sizeof text->bytes - text->length, format, arguments);
	va_end(arguments);
}

static void add_time(struct text *text, int64_t microseconds)
{
	static int64_t known = -1;
	static char prefix[32];
	int64_t second = microseconds / 1000000;
	if (second != known) {
		time_t time = known = second;
		struct tm parts;
		strftime(prefix, sizeof prefix, "%Y-%m-%dT%H:%M:%S", gmtime_r(&time, &parts));
	}
	add(text, "%s.%06u+00:00", prefix, (unsigned)(microseconds % 1000000));
}

/* Nanoseconds in seconds, as the shortest text that says so. */
static void add_seconds(struct text *text, int64_t nanoseconds)
{
	add(text, "%lld.%09u", (long long)(nanoseconds / 1000000000), (unsigned)(nanoseconds % 1000000000));
	while (text->bytes[text->length - 1] == '0' && text->bytes[text->length - 2] != '.')
		text->length--;
}

static void add_droid(struct text *text, uint32_t droid)
{
	add(text, "%s-%u", names[droid % LENGTH(names)], droid / (uint32_t)LENGTH(names) + 1);
}

static void add_head(struct text *text, int64_t time, const char *type, const struct execution *execution)
{
	uint32_t task = execution->task, run = execution->run;
	text->length = 0;
	add(text, "{\"timestamp\": \"");
	add_time(text, time);
	add(text, "\", \"event_type\": \"%s\", \"run_id\": \"r-2026%02u%02u-%02u%02u-%04x\", \"task_id\": \"%u.%u\", \"droid_id\": \"",
	    type, run / 28 % 12 + 1, run % 28 + 1, run % 24, run % 60, run * 2654435761u >> 16, task / 10 + 1, task % 10 + 1);
	add_droid(text, execution->droid);
	add(text, "\", \"execution_id\": \"exec-%lld-%u.%u-%08x\"", (long long)(execution->start / 1000000), task / 10 + 1,
	    task % 10 + 1, execution->tag);
}

/* The id of an event: a UUID of version 7. */
static void add_id(struct text *text, int64_t time)
{
	uint64_t random = chance();
	add(text, ", \"event_id\": \"%012llx7%03x%016llx\"", (unsigned long long)time / 1000, (unsigned)(random & 0xfff),
	    (unsigned long long)(0x8000000000000000 | (chance() & 0x3fffffffffffffff)));
}

static void write_line(struct text *text, FILE *file)
{
	add(text, ", \"host\": \"ci\", \"project\": \"shop\"}\n");
	fwrite(text->bytes, 1, text->length, file);
}

static void write_start(const struct execution *execution)
{
	static struct text line;
	add_head(&line, execution->start, "task.execution.started", execution);
	add(&line, ", \"status\": \"executing\", \"details\": {\"description\": \"%s\"",
	    descriptions[execution->task % LENGTH(descriptions)]);
	if (execution->number % 4 == 0)
		add(&line, ", \"context\": {\"files\": %u}", execution->tag % 20);
	if (execution->number % 2 == 0)
		add(&line, ", \"timeout_seconds\": %u", 1800 * (1 + execution->tag % 4));
	add(&line, "}");
	add_id(&line, execution->start);
	write_line(&line, events);
}

static void write_report(const struct execution *execution, int64_t time)
{
	static struct text line;
	uint32_t kind = below(20);
	add_head(&line, time, "droid.self_report", execution);
	add(&line, ", \"status\": \"%s\", \"details\": {\"event_type\": \"%s\"", kind == 0 ? "waiting" : "executing",
	    kind == 0 ? "status" : kind == 1 ? "error" : kind < 4 ? "resource_usage" : "progress");
	if (kind > 3)
		add(&line, ", \"progress\": %.4g", (execution->report + 1.0) / (wanted.reports + 1));
	if (kind == 1)
		add(&line, ", \"error\": \"cannot reach the mirror\"");
	else if (kind % 3)
		add(&line, ", \"message\": \"%s\"", messages[below(LENGTH(messages))]);
	if (kind % 5 == 2)
		add(&line, ", \"cpu_percent\": %.1f, \"memory_mb\": %.1f, \"disk_io_mb\": %.2f", 5 + 90 * fraction(),
		    64 * exp(normal()), 4 * exp(normal()));
	add(&line, "}");
	add_id(&line, time);
	write_line(&line, events);
	if (droid_status)
		fwrite(line.bytes, 1, line.length, droid_status);
}

/* The result of an execution: the text and its category, which is NULL where there is no result. */
static const char *make_result(struct text *result, const struct execution *execution)
{
	uint32_t part = below(10);
	const char *word = subjects[below(LENGTH(subjects))];
	result->length = 0;
	if (execution->fate != COMPLETED) {
		if (part > 2)
			return NULL;
		add(result, "{\"error_type\": \"%s\"}", part ? "build" : "assertion");
		return "error";
	}
	if (part < 4) {
		add(result, "{\"files_created\": [\"src/%s.swift\"], \"files_modified\": %u}", word, below(9));
		return "file_operations";
	}
	if (part < 6) {
		add(result, "{\"commits\": [\"%07x\"]}", below(0xfffffff));
		return "git_operations";
	}
	if (part < 8) {
		add(result, "{\"tests_run\": %u, \"coverage\": %.1f}", 1 + below(200), 40 + 60 * fraction());
		return "testing";
	}
	if (part < 9) {
		add(result, "{\"note\": \"%s done\"}", word);
		return "unknown";
	}
	return NULL;
}

static void write_results(const struct execution *execution, int64_t time, const char *id, const char *result,
			  const char *category)
{
	static struct text line;
	add_head(&line, time, "task.result", execution);
	add(&line, ", \"success\": %s, \"result_data\": %s%s", execution->fate == COMPLETED ? "true" : "false",
	    category ? result : "{}", id);
	write_line(&line, results);
	if (!category)
		return;
	add_head(&line, time, "task.result.validated", execution);
	add(&line, ", \"category\": \"%s\", \"validated_at\": \"", category);
	add_time(&line, time);
	add(&line, "\", \"original_result\": %s, \"problems\": [%s]%s", result,
	    below(25) ? "" : "\"coverage: expected a number from 0 to 100\"", id);
	write_line(&line, results);
}

static void write_end(const struct execution *execution, int64_t time)
{
	static struct text line, result, id;
	static const char *const status[] = {[COMPLETED] = "completed", [FAILED] = "failed", [TIMED_OUT] = "timeout",
					     [ABANDONED_THEN_FAILED] = "failed"};
	const char *category = make_result(&result, execution);
	add_head(&line, time, "task.execution.completed", execution);
	add(&line, ", \"status\": \"%s\"", status[execution->fate]);
	if (category)
		add(&line, ", \"result\": %s", result.bytes);
	add(&line, ", \"details\": {\"duration_seconds\": ");
	add_seconds(&line, (time - execution->start) * 1000 + below(1000));
	if (execution->fate == FAILED)
		add(&line, ", \"exit_code\": %u", 1 + below(3));
	if (execution->fate != COMPLETED) {
		const char *format = errors[below(LENGTH(errors))];
		add(&line, ", \"error\": \"");
		/* The formats are those above. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		add(&line, format, below(500), below(90), subjects[below(LENGTH(subjects))]);
#pragma GCC diagnostic pop
		add(&line, "\"");
	}
	add(&line, "%s}", execution->is_late ? ", \"late\": true" : "");
	id.length = 0;
	add_id(&id, time);
	add(&line, "%s", id.bytes);
	write_line(&line, events);
	if (results)
		write_results(execution, time, id.bytes, result.bytes, category);
}

static void write_abandonment(const struct execution *execution, int64_t time)
{
	static struct text line;
	static const char *const reasons[] = {"timeout", "process_gone", "rebooted", "silent"};
	add_head(&line, time, "task.execution.abandoned", execution);
	add(&line, ", \"status\": \"abandoned\", \"reason\": \"%s\", \"details\": {\"duration_seconds\": ",
	    reasons[execution->tag % 4]);
	add_seconds(&line, (time - execution->start) * 1000);
	add(&line, ", \"evidence\": {\"limit_seconds\": 3600, \"age_seconds\": ");
	add_seconds(&line, (time - execution->start) * 1000);
	add(&line, "}}");
	add_id(&line, time);
	write_line(&line, events);
	if (!audit)
		return;
	line.length = 0;
	add(&line, "{\"timestamp\": \"");
	add_time(&line, time);
	add(&line, "\", \"event_type\": \"audit.recorded\", \"action\": \"sweep\", \"details\": {\"closed\": 1}");
	add_id(&line, time);
	write_line(&line, audit);
}

/* What a journal knows of itself, recorded every six hours. */
static void write_metrics(int64_t time, int64_t completed, int64_t active)
{
	static struct text line;
	line.length = 0;
	add(&line, "{\"timestamp\": \"");
	add_time(&line, time);
	add(&line, "\", \"event_type\": \"performance.metrics\", \"generated_at\": \"");
	add_time(&line, time);
	add(&line, "\", \"total_tasks_completed\": %lld, \"active_tasks\": %lld, \"droid_performance\": {}, \"recent_failures\": [], "
	    "\"version\": 1", (long long)completed, (long long)active);
	add_id(&line, time);
	write_line(&line, performance);
}

/* The events to come, the earliest first: a binary heap. */
static struct event *heap;
static size_t heap_count, heap_room;

static void push(int64_t time, enum kind kind, struct execution *execution)
{
	if (heap_count == heap_room) {
		heap_room = heap_room ? 2 * heap_room : 1024;
		heap = realloc(heap, heap_room * sizeof *heap);
		if (!heap)
			exit(70);
	}
	size_t place = heap_count++;
	for (; place > 0 && heap[(place - 1) / 2].time > time; place = (place - 1) / 2)
		heap[place] = heap[(place - 1) / 2];
	heap[place] = (struct event){time, kind, execution};
}

static struct event pop(void)
{
	struct event first = heap[0], last = heap[--heap_count];
	size_t place = 0, child;
	while ((child = 2 * place + 1) < heap_count) {
		if (child + 1 < heap_count && heap[child + 1].time < heap[child].time)
			child++;
		if (heap[child].time >= last.time)
			break;
		heap[place] = heap[child];
		place = child;
	}
	heap[place] = last;
	return first;
}

static enum fate draw_fate(uint32_t droid)
{
	/* Droids differ: one in twenty fails more often than not. */
	double failing = droid % 20 == 13 ? 0.6 : 0.02 + 0.02 * (droid % 9);
	double drawn = fraction();
	if (fraction() < (double)wanted.open / wanted.executions)
		return OPEN;
	if (drawn < 0.045)
		return drawn < 0.005 ? ABANDONED_THEN_FAILED : ABANDONED;
	if (drawn < 0.06)
		return TIMED_OUT;
	return fraction() < failing ? FAILED : COMPLETED;
}

static struct execution *draw_execution(int64_t number, int64_t start)
{
	struct execution *execution = calloc(1, sizeof *execution);
	if (!execution)
		exit(70);
	double part = fraction();
	execution->start = start;
	execution->number = number;
	execution->tag = chance() >> 32;
	/* The square gives the first quarter of the droids half of the work. */
	execution->droid = number < wanted.droids ? number : (int64_t)(part * part * wanted.droids);
	execution->task = wanted.tasks >= wanted.executions ? number : below(wanted.tasks);
	execution->run = number / 50;
	execution->fate = draw_fate(execution->droid);
	execution->length = 1e6 * fmin(86400, exp(4 + execution->droid % 5 * 0.4 + normal()));
	if (execution->fate == ABANDONED || execution->fate == ABANDONED_THEN_FAILED)
		execution->length += 3600 * 1000000LL;
	return execution;
}

static void happen(struct event event, int64_t *completed, int64_t *active)
{
	struct execution *execution = event.execution;
	switch (event.kind) {
	case START:
		write_start(execution);
		*active += 1;
		if (wanted.reports > 0)
			push(execution->start + execution->length / (wanted.reports + 1), REPORT, execution);
		if (execution->fate != OPEN)
			push(execution->start + execution->length,
			     execution->fate == ABANDONED || execution->fate == ABANDONED_THEN_FAILED ? ABANDON : END, execution);
		return;
	case REPORT:
		write_report(execution, event.time);
		if (++execution->report < wanted.reports)
			push(execution->start + execution->length / (wanted.reports + 1) * (execution->report + 1), REPORT, execution);
		else if (execution->fate == OPEN)
			free(execution);
		return;
	case ABANDON:
		write_abandonment(execution, event.time);
		*active -= 1;
		if (execution->fate == ABANDONED_THEN_FAILED) {
			execution->is_late = 1;
			push(event.time + execution->length / 4, END, execution);
		} else {
			free(execution);
		}
		return;
	case END:
		write_end(execution, event.time);
		*active -= !execution->is_late;
		*completed += execution->fate == COMPLETED;
		free(execution);
	}
}

static void generate(void)
{
	int64_t span = wanted.days * 86400 * 1000000LL, first = wanted.end * 1000000 - span;
	int64_t completed = 0, active = 0, metrics_due = first;
	for (int64_t number = 0; number < wanted.executions || heap_count;) {
		/* Starts are drawn in order of time, so one is all that has to wait for its turn. */
		int64_t start = number < wanted.executions
			? first + (int64_t)((number + 1.0) / wanted.executions * span) - below(1000000) : INT64_MAX;
		if (heap_count && heap[0].time <= start) {
			struct event event = pop();
			happen(event, &completed, &active);
		} else {
			happen((struct event){start, START, draw_execution(number++, start)}, &completed, &active);
			for (; performance && metrics_due <= start; metrics_due += 6 * 3600 * 1000000LL)
				write_metrics(metrics_due, completed, active);
		}
	}
}

static FILE *open_stream(const char *name)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%s.ndjson", wanted.journal, name);
	FILE *file = fopen(path, "w");
	if (!file) {
		fprintf(stderr, "generate-events: cannot create %s: %s\n", path, strerror(errno));
		exit(73);
	}
	setvbuf(file, NULL, _IOFBF, 1 << 18);
	return file;
}

static void close_stream(FILE *file)
{
	if (file && (fflush(file) || ferror(file))) {
		fprintf(stderr, "generate-events: cannot write: %s\n", strerror(errno));
		exit(74);
	}
}

static void parse(int count, char **words)
{
	const struct {
		const char *name;
		int64_t *value;
	} options[] = {
		{"--executions", &wanted.executions}, {"--events", &wanted.events}, {"--reports", &wanted.reports},
		{"--droids", &wanted.droids}, {"--tasks", &wanted.tasks}, {"--open", &wanted.open},
		{"--end", &wanted.end}, {"--days", &wanted.days}, {"--seed", &wanted.seed},
	};
	for (int i = 1; i < count; i += 2) {
		size_t option = 0;
		char *rest = "no value";
		while (option < LENGTH(options) && strcmp(words[i], options[option].name) != 0)
			option++;
		if (option < LENGTH(options) && i + 1 < count)
			*options[option].value = strtoll(words[i + 1], &rest, 10);
		else if (strcmp(words[i], "--journal") == 0 && i + 1 < count)
			wanted.journal = words[i + 1], rest = "";
		if (*rest || (option < LENGTH(options) && *options[option].value < 0)) {
			fprintf(stderr, "usage: generate-events [--executions N] [--events N] [--reports N] [--droids N] [--tasks N] "
					"[--open N] [--end SECONDS] [--days N] [--seed N] [--journal DIR]\n");
			exit(64);
		}
	}
	if (wanted.events >= 0 && wanted.executions > 0)
		wanted.reports = wanted.events / wanted.executions > 2 ? wanted.events / wanted.executions - 2 : 0;
	if (wanted.reports < 0)
		wanted.reports = 3;
	if (wanted.executions < 0)
		wanted.executions = wanted.events >= 0 ? wanted.events / (wanted.reports + 2) : 200000;
	if (wanted.open < 0)
		wanted.open = wanted.executions / 1000;
	if (wanted.tasks < 0)
		wanted.tasks = wanted.executions / 40;
	wanted.tasks = wanted.tasks ? wanted.tasks : 1;
	wanted.droids = wanted.droids ? wanted.droids : 1;
}

int main(int count, char **words)
{
	parse(count, words);
	state = wanted.seed;
	if (wanted.journal) {
		events = open_stream("events");
		droid_status = open_stream("droid_status");
		results = open_stream("results");
		performance = open_stream("performance");
		audit = open_stream("audit");
	} else {
		events = stdout;
		setvbuf(stdout, NULL, _IOFBF, 1 << 18);
	}
	generate();
	close_stream(events);
	close_stream(droid_status);
	close_stream(results);
	close_stream(performance);
	close_stream(audit);
	return 0;
}
