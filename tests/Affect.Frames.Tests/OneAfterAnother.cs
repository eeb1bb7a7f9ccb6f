// How values are shown is settled once for the process, and some tests here unsettle it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
