using Strata.Core;

namespace Strata.Cli.Terminal;

/// <summary>Shows events to whoever called the command; disposed when the command ends.</summary>
public interface IEventReader : IDisposable
{
    void Show(BuildEvent happened);
}
