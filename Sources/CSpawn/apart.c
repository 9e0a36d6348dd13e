#define _GNU_SOURCE
#include "apart.h"

#include <limits.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

void track_close_from(int first) {
#ifdef SYS_close_range
	if (syscall(SYS_close_range, first, UINT_MAX, 0) == 0) return;
#endif
	// Before Linux 5.9: one by one, but not without end where there is no limit.
	struct rlimit limit = {.rlim_cur = 1024};
	getrlimit(RLIMIT_NOFILE, &limit);
	const int end = limit.rlim_cur < 65536 ? (int)limit.rlim_cur : 65536;
	for (int number = first; number < end; number++) close(number);
}
