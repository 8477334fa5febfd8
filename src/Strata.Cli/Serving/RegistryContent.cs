namespace Strata.Cli.Serving;

/// <summary>The kinds of answers that the distribution API has for a repository.</summary>
internal enum RegistryContent
{
    Manifest,
    Blob,
    Tags,
    Referrers,
}
