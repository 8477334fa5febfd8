using Strata.Core;
using Strata.Metadata.Evaluation;

namespace Strata.Metadata;

/// <summary>A configuration file by itself, outside of any workspace.</summary>
public static class ConfigurationFile
{
    /// <summary>The variables that the file and those it includes set; null after reporting why it cannot be read.</summary>
    public static Datastore? Read(string path, Diagnostics diagnostics)
    {
        var store = new Datastore();
        var files = new MetadataFiles(new(Path.GetDirectoryName(path)!, diagnostics));
        try
        {
            new Evaluator(store, files, diagnostics, "classes-global").EvaluateFile(path);
            return store;
        }
        catch (MetadataException e)
        {
            diagnostics.Add(e.Diagnostic);
        }
        catch (ExpansionException e)
        {
            diagnostics.Add(e.Diagnostic);
        }
        return null;
    }
}
