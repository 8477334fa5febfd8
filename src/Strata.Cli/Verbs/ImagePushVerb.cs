using CommandLine;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("image push", HelpText = "Send an image to a registry; only image layers that it does not have are sent.")]
[Examples("strata image push hello-image registry.example/team/hello:1.0", "strata image push build/app.oci localhost:5000/app")]
public sealed record ImagePushVerb : ImageCopyVerb;
