namespace DeepKeras.Serialization;

/// <summary>Which layer of a model has which name in a PyTorch state dict.</summary>
public sealed class StateDictMap
{
    /// <summary>Creates the table.</summary>
    /// <param name="rules">Pattern of layer names and pattern of keys; the first that matches wins.</param>
    public StateDictMap(params (string Layer, string Key)[] rules) => Rules = rules;

    /// <summary>Pattern of layer names and pattern of keys.</summary>
    public IReadOnlyList<(string Layer, string Key)> Rules { get; }
}
