"""The worker for hours in shortened time: does what it holds grow?

`python -m benchmarks.soak --hours 5 --minutes 5`. Its clock runs ahead; everything else is real: a
process of its own on a local Bot API that now and then fails, feeds that always bring news, readers
who ask, digests that are due.

What is held grows without a leak, too, and must not pass for one:

- at first, until all feeds were read and all threads run: two fifths of the samples are dropped;
- while what is bounded by number fills, which takes days: it is emptied, or made small
  (`worker.remember_little`, `children`);
- while something is done: the line is drawn below the samples, through the lowest of each part;
- by the pages that an allocator keeps for later. So what is in use is counted apart from what is
  held (`allocators`); a leak is in both.

Something grows when its slope is surely above zero (95%) and makes more, over the time looked at,
than single samples stray; of memory, than the one MiB that Python's allocator takes at a time. And
memory has to be known well enough: a slope of one MiB an hour must not be possible, so a run that
is too noisy to tell is missed as well. `--leak 1` makes the worker lose as much, and has to be
missed. A leak of a third of that needs more hours to be seen.
"""
