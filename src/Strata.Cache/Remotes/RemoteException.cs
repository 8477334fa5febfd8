namespace Strata.Cache;

/// <summary>A remote did not do what it was asked for.</summary>
public sealed class RemoteException(RemoteFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public RemoteFault Fault { get; } = fault;
}
