// What processes of ours that become no other program have in common.
#ifndef TRACK_APART_H
#define TRACK_APART_H

// Closes every descriptor from `first` on, so that nobody waits for one that is held here.
void track_close_from(int first);

#endif
