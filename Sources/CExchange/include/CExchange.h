#ifndef CEXCHANGE_H
#define CEXCHANGE_H

/*
 * Exchanges two names of one directory in one step (renameat2(2), RENAME_EXCHANGE), which Glibc's module keeps from Swift.
 * Returns 0, or -1 with errno.
 */
int exchange_names(int directory, const char *one, const char *other);

#endif
