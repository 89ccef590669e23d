using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>
/// Which layers of a model learn. All of it holds from the next step on, without compiling again; nested models count as the layers inside them where a name
/// or a condition is given. A frozen BatchNormalization uses its moving statistics.
/// </summary>
/// <remarks>
/// <code>
/// net.Freeze();                              // nothing learns
/// net.Unfreeze(from: "block5_conv1");        // that layer and all behind it
/// net.Freeze(l => l is BatchNormalization);  // but for these
/// </code>
/// </remarks>
public static class ModelFreezing
{
    extension(Model model)
    {
        /// <summary>Freezes every layer.</summary>
        public void Freeze() => Set(model.Layers, false);

        /// <summary>Freezes a range of layers: <c>..6</c> the first six, <c>..^1</c> all but the last.</summary>
        /// <param name="layers">A range of <see cref="Model.Layers"/>.</param>
        /// <exception cref="KerasException">The range reaches beyond the layers.</exception>
        public void Freeze(Range layers) => Set(Within(model, layers), false);

        /// <summary>Freezes layers by name.</summary>
        /// <param name="names">Exact names; of nested models or of layers inside them, too.</param>
        /// <exception cref="KerasException">There is no layer of that name.</exception>
        public void Freeze(params IReadOnlyList<string> names) => Set(Named(model, names), false);

        /// <summary>Freezes the layers that fulfil a condition, those inside nested models included.</summary>
        /// <param name="which">Says for each layer whether to freeze it.</param>
        public void Freeze(Func<Layer, bool> which) => Set(All(model).Where(which), false);

        /// <summary>Lets every layer learn.</summary>
        public void Unfreeze() => Set(model.Layers, true);

        /// <summary>Lets a layer and all layers behind it learn; what lies before it stays as it is.</summary>
        /// <param name="from">The name of the first layer that learns; a layer of a nested model stands for what is behind it in there and behind that model.</param>
        /// <exception cref="KerasException">There is no layer of that name.</exception>
        public void Unfreeze(string from) => Set(Behind(model, from), true);

        /// <summary>Lets a range of layers learn: <c>^3..</c> the last three.</summary>
        /// <param name="layers">A range of <see cref="Model.Layers"/>.</param>
        /// <exception cref="KerasException">The range reaches beyond the layers.</exception>
        public void Unfreeze(Range layers) => Set(Within(model, layers), true);

        /// <summary>Lets the layers learn that fulfil a condition, those inside nested models included.</summary>
        /// <param name="which">Says for each layer whether to unfreeze it.</param>
        public void Unfreeze(Func<Layer, bool> which) => Set(All(model).Where(which), true);
    }

    /// <summary>Every layer that has no layers inside, in running order of the model and of those nested in it.</summary>
    private static IEnumerable<Layer> All(Layer layer) => layer.Sublayers.Count == 0 ? [layer] : layer.Sublayers.SelectMany(All);

    private static void Set(IEnumerable<Layer> layers, bool trainable)
    {
        // A list first: the condition may ask for what is being set.
        foreach (var layer in layers.ToList()) layer.Trainable = trainable;
    }

    private static List<Layer> Within(Model model, Range range)
    {
        var layers = model.Layers;
        var (start, end) = (range.Start.GetOffset(layers.Count), range.End.GetOffset(layers.Count));
        if (start < 0 || end > layers.Count || start > end) throw Throw.LayerRange(model, range, layers.Count);
        return [.. layers.Skip(start).Take(end - start)];
    }

    private static List<Layer> Named(Model model, IReadOnlyList<string> names) => [.. names.Select(n => Find(model, n) ?? throw Throw.NoSuchLayer(model, n))];

    /// <summary>The layer of a name, also inside nested models; null where there is none.</summary>
    internal static Layer? Find(Layer parent, string name) => parent.Sublayers.FirstOrDefault(l => l.Name == name) ?? parent.Sublayers.Select(l => Find(l, name)).FirstOrDefault(l => l is not null);

    private static List<Layer> Behind(Model model, string name)
    {
        var found = new List<Layer>();
        return Collect(model) ? found : throw Throw.NoSuchLayer(model, name);

        bool Collect(Layer parent)
        {
            var seen = false;
            foreach (var layer in parent.Sublayers)
            {
                if (seen || layer.Name == name) found.Add(layer);
                seen = seen || layer.Name == name || Collect(layer);
            }
            return seen;
        }
    }
}
