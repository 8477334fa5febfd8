// Builds use all cores by themselves, and some share the workspace of the checkout.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
