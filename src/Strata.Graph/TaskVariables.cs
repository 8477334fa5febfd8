using Strata.Metadata;

namespace Strata.Graph;

/// <summary>The variables of a recipe as one of its tasks sees them.</summary>
internal static class TaskVariables
{
    public const string OverridePrefix = "task-";

    /// <summary><c>do_image_oci</c> → <c>task-image-oci</c>.</summary>
    public static string OverrideOf(string task)
    {
        var name = task.StartsWith("do_", StringComparison.Ordinal) ? task["do_".Length..] : task;
        return $"{OverridePrefix}{name.Replace('_', '-')}";
    }

    /// <summary>A copy in which the task's override is in force, below all others as in BitBake.</summary>
    public static Datastore Of(Recipe recipe, string task)
    {
        var variables = recipe.Variables.Copy();
        variables.Set("OVERRIDES", $"{OverrideOf(task)}:{recipe.Variables.GetUnexpanded("OVERRIDES")}");
        return variables;
    }
}
