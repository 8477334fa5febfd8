using System.Collections.Immutable;
using System.Text;
using Strata.Core;
using Strata.Graph.Shell;
using Strata.Metadata;

namespace Strata.Graph.Commands;

/// <summary>Writes the script of one task, as BitBake does: exports, functions, <c>set -e</c>, the call.</summary>
internal sealed class CommandBuilder
{
    private readonly string _task;
    private readonly Datastore _variables;
    private readonly SourceSpan _place;

    private CommandBuilder(Recipe recipe, string task, SourceSpan place)
    {
        (_task, _place) = (task, place);
        _variables = TaskVariables.Of(recipe, task);
    }

    /// <exception cref="ExpansionException">A function or an exported variable cannot be expanded.</exception>
    public static TaskCommand Build(Recipe recipe, string task, string? builtin, SourceSpan place)
    {
        var builder = new CommandBuilder(recipe, task, place);
        var variables = builder._variables;
        var exported = builtin is null ? builder.Exported() : builder.ExportedToBuiltin();
        return new()
        {
            Script = builtin is null ? builder.Script(exported) : "",
            Environment = exported,
            Directories = [.. WordList.Of(variables.GetFlag(task, "dirs"))],
            CleanDirectories = [.. WordList.Of(variables.GetFlag(task, "cleandirs"))],
            Resources = [.. WordList.Of(variables.GetFlag(task, "resources"))],
            LockFiles = [.. WordList.Of(variables.GetFlag(task, "lockfiles"))],
            Secrets = [.. WordList.Of(variables.GetFlag(task, "secrets"))],
            Fakeroot = Flags.IsOn(variables, task, "fakeroot"),
            Users = [.. WordList.Of(variables.GetFlag(task, "users"))],
            Groups = [.. WordList.Of(variables.GetFlag(task, "groups"))],
            Network = Flags.IsOn(variables, task, "network"),
        };
    }

    /// <summary>The variables with [export], and those that the task's [exports] names.</summary>
    private ImmutableSortedDictionary<string, string> Exported()
    {
        var names = _variables.Names.Where(n => Flags.IsOn(_variables, n, "export") && !Flags.IsOn(_variables, n, "unexport"))
            .Concat(WordList.Of(_variables.GetFlag(_task, "exports")));
        return Values(names);
    }

    /// <summary>What a built-in runs in the sandbox finds programs, and nothing else that is not in the task's key.</summary>
    private ImmutableSortedDictionary<string, string> ExportedToBuiltin() => Values(["PATH", .. WordList.Of(_variables.GetFlag(_task, "exports"))]);

    private ImmutableSortedDictionary<string, string> Values(IEnumerable<string> names)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
            if (ShellName.IsVariable(name) && _variables.Get(name) is { } value) values[name] = value;
        return values.ToImmutable();
    }

    private string Script(ImmutableSortedDictionary<string, string> exported)
    {
        if (Flags.IsPython(_variables, _task)) return RefusalOfPython();
        if (!ShellName.IsFunction(_task)) return RefusalOfName();
        var script = new StringBuilder("#!/bin/sh\n");
        if (_variables.GetFlag(_task, "umask") is { Length: > 0 } umask) _ = script.Append("umask ").Append(umask).Append('\n');
        foreach (var (name, value) in exported) _ = script.Append("export ").Append(name).Append('=').Append(ShellName.Quoted(value)).Append('\n');

        var before = Functions("prefuncs");
        var after = Functions("postfuncs");
        foreach (var function in WithCalled([_task, .. before, .. after]))
        {
            var body = _variables.Get(function)?.TrimEnd('\n') ?? "";
            // A shell function must have a body; a comment is none.
            _ = script.Append('\n').Append(function).Append(" () {\n").Append(body).Append("\n:\n}\n"[(IsEmpty(body) ? 0 : 2)..]);
        }
        _ = script.Append("\nset -e\n");
        foreach (var function in before) AppendInSubshell(script, function);
        _ = script.Append(_task).Append('\n');
        foreach (var function in after) AppendInSubshell(script, function);
        return script.ToString();
    }

    /// <summary>The functions that run before or after the task. Those in Python were announced as skipped when the metadata was read.</summary>
    private List<string> Functions(string flag) =>
        [.. WordList.Of(_variables.GetFlag(_task, flag)).Where(f => Flags.IsShellFunction(_variables, f))];

    /// <summary>A process of its own in BitBake: what it sets does not reach the task, and neither does its directory.</summary>
    private void AppendInSubshell(StringBuilder script, string function)
    {
        var directories = WordList.Of(_variables.GetFlag(function, "dirs"));
        var enter = directories.Length == 0 ? "" : $"mkdir -p {string.Join(' ', directories)}; cd {directories[^1]}; ";
        _ = script.Append("( ").Append(enter).Append(function).Append(" )\n");
    }

    /// <summary>The functions and all that they call, the task itself first and the others sorted.</summary>
    private IEnumerable<string> WithCalled(IEnumerable<string> functions)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(functions);
        while (open.TryPop(out var function))
        {
            if (!ShellName.IsFunction(function) || !Flags.IsShellFunction(_variables, function) || !found.Add(function)) continue;
            var called = ShellCommands.In(_variables.Get(function) ?? "");
            foreach (var name in called.Plain.Concat(called.Hidden).Concat(WordList.Of(_variables.GetFlag(function, "vardeps")))) open.Push(name);
        }
        return found.Remove(_task) ? found.Prepend(_task) : found;
    }

    /// <summary>127 is what a shell says of a command that does not exist, and so does BitBake here.</summary>
    private string RefusalOfName() =>
        $"#!/bin/sh\ncat >&2 <<'END'\nNo shell function can be called {_task} ({_place}).\nUse letters, digits and _ only, or name a built-in task: {_task}[builtin] = \"…\"\nEND\nexit 127\n";

    private string RefusalOfPython() =>
        $"#!/bin/sh\ncat >&2 <<'END'\n{_task} is a Python function ({_place}), which Strata does not run.\nRewrite it as a shell function, or name a built-in task: {_task}[builtin] = \"…\"\nEND\nexit 1\n";

    private static bool IsEmpty(string body) => body.Split('\n').All(l => l.AsSpan().TrimStart() is [] or ['#', ..]);
}
