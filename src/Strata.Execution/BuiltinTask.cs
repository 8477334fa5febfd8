namespace Strata.Execution;

/// <summary>A task written in C#, named by a <c>[builtin]</c> flag. It may block and may be called on any thread.</summary>
/// <exception cref="TaskFailedException">It failed for a reason that the user can mend.</exception>
public delegate Task BuiltinTask(BuiltinContext context, CancellationToken cancel);
