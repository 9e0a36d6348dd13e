/* The protocol of an append: lock, look whether the lock file is still the one, open the stream, look at its last byte,
 * write in one piece, look whether the file is still the one.
 *
 * Around it: writers that are killed at any step, also in the middle of a write; a foreign rotation that renames the
 * stream and takes what is in it at that moment; somebody who removes the lock file while no one is inside.
 *
 * What must hold: a record that was acknowledged can be read, in the stream or in what the rotation took; no two writers
 * are inside at once. Three macros leave a rule out, each of which has to make the check fail:
 * NO_LOCK_CHECK, NO_HEALING, NO_FILE_CHECK.
 */

#define WRITERS 3
#define FILES 3 /* two rotations */
#define LOCKS 3 /* two removals of the lock file */

bool torn[FILES];      /* the file does not end in a line feed */
byte current;          /* the file that the stream's name leads to */
bool held[LOCKS];      /* the lock on each lock file there ever was */
byte lockfile;         /* the one that its name leads to */
byte inside;           /* writers past the check of the lock */
bool readable[WRITERS]; /* the record stands whole where a reader finds it */

/* Whoever dies lets go of the lock: the kernel sees to that. */
inline die(lock, entered) {
	atomic {
		held[lock] = false;
		if
		:: entered -> inside--
		:: else
		fi;
		goto dead
	}
}

inline write_whole(me, file, heals) {
	atomic {
		if
		:: torn[file] && !heals /* glued to the torn line before it: no one can read it */
		:: else -> readable[me] = readable[me] || file == current
		fi;
		torn[file] = false
	}
}

active [WRITERS] proctype writer() {
	byte lock, file;
	byte attempts = 0;
	bool heals;

	do
	:: lock = lockfile;
	   atomic { !held[lock] -> held[lock] = true };
#ifdef NO_LOCK_CHECK
	   atomic { inside++; break }
#else
	   atomic {
		   if
		   :: lock == lockfile -> inside++; break
		   :: else -> held[lock] = false
		   fi
	   }
#endif
	od;
	assert(inside == 1);

	do
	:: file = current;
	   if
	   :: true
	   :: die(lock, true)
	   fi;
#ifdef NO_HEALING
	   heals = false;
#else
	   heals = torn[file];
#endif
	   if
	   :: write_whole(_pid, file, heals)
	   :: atomic { torn[file] = true; die(lock, true) }
	   fi;
	   if
	   :: true
	   :: die(lock, true)
	   fi;
	   attempts++;
#ifdef NO_FILE_CHECK
	   break
#else
	   if
	   :: file == current || attempts == 3 -> break
	   :: else
	   fi
#endif
	od;

	/* Told its caller. */
	assert(readable[_pid]);
	atomic { inside--; held[lock] = false }
dead:
	skip
}

/* A rotation that knows no lock: what is written to the old file later is not in what it took. */
active proctype rotation() {
	do
	:: current < FILES - 1 -> current++
	:: true -> break
	od
}

/* While a writer is inside, a removal would let a second one in; of that the protocol is not safe, nor meant to be. */
active proctype removal() {
	do
	:: atomic { lockfile < LOCKS - 1 && inside == 0 -> lockfile++ }
	:: true -> break
	od
}
