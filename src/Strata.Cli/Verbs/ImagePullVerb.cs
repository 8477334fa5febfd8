using CommandLine;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("image pull", HelpText = "Fetch an image from a registry into an image layout.")]
[Examples("strata image pull registry.example/team/hello:1.0 hello.oci")]
public sealed record ImagePullVerb : ImageCopyVerb;
