using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;
using Strata.Execution;

namespace Strata.Cli.Builtins;

/// <summary>Reading a task's variables as what they mean. All of them are in the task's key; reading another one fails.</summary>
internal static class BuiltinVariables
{
    extension(BuiltinContext context)
    {
        public string Text(string variable) => context.Variable(variable) ?? "";

        public ImmutableArray<string> Words(string variable) => [.. Cli.Words.Of(context.Variable(variable))];

        public bool Flag(string variable) => context.Text(variable) is not ("" or "0" or "no" or "false");

        /// <summary>The value for one package: <c>VARIABLE:package</c>, else the recipe's.</summary>
        public string? ForPackage(string variable, string package) => context.Variable($"{variable}:{package}") ?? context.Variable(variable);

        /// <summary>The task's artifact directory on the build machine, made if need be.</summary>
        public string ArtifactDirectory
        {
            get
            {
                var directory = context.HostPath(context.Task.ArtifactDirectory ?? throw new InvalidOperationException($"{context.Task.Name} has no [artifact]"));
                Directory.CreateDirectory(directory);
                return directory;
            }
        }

        /// <summary>SOURCE_DATE_EPOCH, the time of everything that ends up in an image.</summary>
        public DateTimeOffset Epoch =>
            long.TryParse(context.Text("SOURCE_DATE_EPOCH"), CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.UnixEpoch;

        /// <summary>Artifacts of the named task among the inputs, in the order of the inputs.</summary>
        public ImmutableArray<InputArtifact> InputsOf(string task) => [.. context.Inputs.Where(i => i.Task == task)];

        /// <summary>Reports everything found; the errors among it fail the task.</summary>
        public void Report(Diagnostics diagnostics) => context.ReportAll(diagnostics.Sorted());

        public void ReportAll(IEnumerable<Diagnostic> diagnostics)
        {
            var bySeverity = diagnostics.ToLookup(d => d.Severity == Severity.Error);
            foreach (var diagnostic in bySeverity[false]) context.Report(diagnostic);
            if (bySeverity[true].Any()) throw new TaskFailedException([.. bySeverity[true]]);
        }
    }
}
