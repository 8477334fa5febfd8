namespace Strata.Cli.Layers;

/// <summary>Something that a layer has.</summary>
public interface ILayerPart
{
    /// <summary>Name of the layer.</summary>
    string Layer { get; }
}
