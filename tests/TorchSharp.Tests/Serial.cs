// libtorch's random generator and the count of live tensors belong to the whole process: a test must have them to itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
