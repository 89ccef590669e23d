using DeepKeras.Layers;

namespace DeepKeras.Inspection;

/// <summary>Which layer of a model is meant: its name, its place in <see cref="Model.Layers"/>, or the layer itself.</summary>
/// <remarks>
/// <code>
/// var reader = new LayerReader(model, "conv2d_1", 0, ^2, model.Layers[3], "resnet/block1_conv");   // the last: a layer of a nested model
/// </code>
/// </remarks>
public sealed class LayerSelector
{
    private readonly object _what;

    private LayerSelector(object what) => _what = what;

    /// <summary>The layer that is meant in a model.</summary>
    /// <param name="model">The model; a name is looked for among its own layers first, then in the models nested in it.</param>
    /// <returns>The layer.</returns>
    /// <exception cref="KerasException">There is no such layer (the message lists the nearest names), or there are several of that name.</exception>
    public Layer In(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return _what switch
        {
            Layer layer => layer,
            Index index => index.GetOffset(model.Layers.Count) is >= 0 and var place && place < model.Layers.Count ? model.Layers[place] : throw Throw.LayerIndex(model, index),
            _ => Named(model, (string)_what),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => _what is Layer layer ? layer.Name : _what.ToString()!;

    /// <summary>The layer of that name; <c>"outer/inner"</c> for one of a nested model.</summary>
    public static implicit operator LayerSelector(string name) => new(name ?? throw new ArgumentNullException(nameof(name)));

    /// <summary>The layer at that place, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The place is negative; count from the end with <c>^1</c>.</exception>
    public static implicit operator LayerSelector(int index) => new(new Index(index));

    /// <summary>The layer at that place; <c>^1</c> is the last.</summary>
    public static implicit operator LayerSelector(Index index) => new(index);

    /// <summary>The layer itself.</summary>
    public static implicit operator LayerSelector(Layer layer) => new(layer ?? throw new ArgumentNullException(nameof(layer)));

    /// <summary>The layer behind a factory's delegate.</summary>
    public static implicit operator LayerSelector(LayerCall call) => new(call.Layer);

    private static Layer Named(Model model, string name)
    {
        if (model.Layers.FirstOrDefault(l => l.Name == name) is { } own) return own;
        List<(string Path, Layer Layer)> nested = [.. Paths(model, "")];
        if (nested.Find(p => p.Path == name).Layer is { } exact) return exact;
        var found = nested.Where(p => p.Layer.Name == name).DistinctBy(p => p.Layer).ToList();
        return found.Count switch
        {
            0 => throw Throw.UnknownLayer(model, name, [.. nested.Select(p => p.Path)]),
            1 => found[0].Layer,
            _ => throw Throw.AmbiguousLayer(model, name, found.Select(p => p.Path)),
        };
    }

    private static IEnumerable<(string Path, Layer Layer)> Paths(Model model, string prefix)
    {
        foreach (var layer in model.Layers)
        {
            yield return (prefix + layer.Name, layer);
            if (layer is not Model nested) continue;
            foreach (var inner in Paths(nested, $"{prefix}{layer.Name}/")) yield return inner;
        }
    }
}
