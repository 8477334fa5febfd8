namespace Strata.Cli.Serving;

/// <summary>A request cannot be answered as the client would like.</summary>
internal sealed class RegistryException(RegistryError error) : Exception(error.Message)
{
    public RegistryError Error => error;
}
