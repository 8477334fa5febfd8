using Strata.Graph;
using Strata.Metadata;

namespace Strata.Corpus;

/// <summary>From a task back to what it was made from.</summary>
internal static class MetadataOfTask
{
    extension(LoadedMetadata metadata)
    {
        public Recipe RecipeOf(TaskNode task) =>
            metadata.Configurations.First(c => c.Multiconfig == task.Configuration).Recipes.First(r => r.File == task.RecipeFile && r.Name == task.RecipeName);
    }

    extension(TaskNode task)
    {
        /// <summary>What BitBake puts before names of another configuration.</summary>
        public string ConfigurationPrefix => task.Configuration.Length == 0 ? "" : $"mc:{task.Configuration}:";
    }
}
