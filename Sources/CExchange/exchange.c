#define _GNU_SOURCE
#include "CExchange.h"

#include <stdio.h>

int exchange_names(int directory, const char *one, const char *other) {
	return renameat2(directory, one, directory, other, RENAME_EXCHANGE);
}
