using Strata.Cli.Answers;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Cli.Layers;

/// <summary>Changes conf/bblayers.conf, and takes the change back when the workspace cannot be read with it.</summary>
internal sealed class LayerEditing(Question question)
{
    private readonly LayerList _list = new(question.Workspace.TopDirectory);

    /// <summary>False after telling why the layer is not added.</summary>
    public bool Add(string directory, CancellationToken cancel)
    {
        var before = _list.Read();
        _list.Add(directory);
        if (Reload(before, $"adding {question.Shown(directory)}", cancel) is not { } metadata) return false;

        var layer = metadata.Layers.FirstOrDefault(l => l.Directory == directory);
        question.Context.Output.WriteLine(
            $"added {layer?.Name ?? question.Shown(directory)}: priority {layer?.Priority}, {metadata.Recipes.Count(r => r.Layer == layer?.Name)} recipes");
        return true;
    }

    /// <summary>False after telling why the layer is not removed.</summary>
    public bool Remove(Layer layer, CancellationToken cancel)
    {
        var before = _list.Read();
        if (!_list.Remove(layer.Directory))
        {
            question.Events.Publish(new DiagnosticReported(LayerRules.NotListed(_list.File, layer.Name)));
            return false;
        }
        if (Reload(before, $"removing {layer.Name}", cancel) is null) return false;
        question.Context.Output.WriteLine($"removed {layer.Name}; its files are still in {question.Shown(layer.Directory)}");
        return true;
    }

    private LoadedMetadata? Reload(string before, string what, CancellationToken cancel)
    {
        if (new Session(question.Workspace, question.Context.Environment, question.Events).Load(cancel) is { } metadata) return metadata;
        AtomicFile.WriteAllText(_list.File, before);
        question.Events.Publish(new DiagnosticReported(LayerRules.Undone(_list.File, what)));
        return null;
    }
}
