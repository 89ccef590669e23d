using System.Text.RegularExpressions;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>Which optimizer steps which weights (Keras: <c>keras.optimizers.OptimizerMap</c>).</summary>
/// <remarks>
/// Keys are weights' paths, <c>"layer/kernel"</c>, or regular expressions that match a whole path: <c>"encoder/.*"</c> stands for all weights of the layer
/// <c>encoder</c>, <c>".*/bias"</c> for all biases. A key that is a path goes before one that only matches it.
/// <code>new OptimizerMap(new Adam(1e-3), new Dictionary&lt;string, Optimizer&gt; { ["(stem|block[0-9]+)/.*"] = new SGD(1e-2, momentum: 0.9) })</code>
/// </remarks>
public sealed class OptimizerMap
{
    private readonly Dictionary<string, Optimizer> _map;
    private readonly List<(string Key, Regex Pattern)> _patterns;

    /// <summary>Creates the map.</summary>
    /// <param name="defaultOptimizer">Steps every weight that no key matches; a name or an object.</param>
    /// <param name="optimizerMap">Path or regular expression and optimizer; none by default. Each optimizer stands once.</param>
    /// <exception cref="KerasException">
    /// A key is no regular expression, an optimizer stands twice, or one is a <see cref="MultiOptimizer"/>, a <see cref="LossScaleOptimizer"/> or a <see cref="SecondOrderOptimizer"/>.
    /// </exception>
    public OptimizerMap(Optimizer defaultOptimizer, [HeldBy(nameof(Entries))] IReadOnlyDictionary<string, Optimizer>? optimizerMap = null)
    {
        ArgumentNullException.ThrowIfNull(defaultOptimizer);
        _map = optimizerMap is null ? new(StringComparer.Ordinal) : new Dictionary<string, Optimizer>(optimizerMap, StringComparer.Ordinal);
        DefaultOptimizer = defaultOptimizer;
        Optimizers = [.. _map.Values, defaultOptimizer];
        for (var i = 0; i < Optimizers.Count; i++)
        {
            var optimizer = Optimizers[i] ?? throw new ArgumentNullException(nameof(optimizerMap));
            if (optimizer is MultiOptimizer or LossScaleOptimizer or SecondOrderOptimizer) throw Throw.OptimizerInMap(optimizer);
            // Read back from a file it would be two, with a state each.
            if (Optimizers.Take(i).Contains(optimizer, ReferenceEqualityComparer.Instance)) throw Throw.OptimizerTwice(optimizer);
        }
        _patterns = [.. _map.Keys.Select(key => (key, Pattern(key)))];
    }

    /// <summary>Steps every weight that no key matches.</summary>
    public Optimizer DefaultOptimizer { get; }

    /// <summary>Path or regular expression and optimizer.</summary>
    public IReadOnlyDictionary<string, Optimizer> Entries => _map;

    /// <summary>All optimizers: those of the keys in their order, the default one last.</summary>
    public IReadOnlyList<Optimizer> Optimizers { get; }

    /// <summary>The optimizer of a weight.</summary>
    /// <param name="path">The weight's path, <c>"dense/kernel"</c>.</param>
    /// <exception cref="KerasException">Several keys match.</exception>
    public Optimizer this[string path]
    {
        get
        {
            if (_map.TryGetValue(path, out var exact)) return exact;
            string[] keys = [.. _patterns.Where(p => p.Pattern.IsMatch(path)).Select(p => p.Key)];
            return keys switch
            {
                [] => DefaultOptimizer,
                [var only] => _map[only],
                _ => throw Throw.SeveralOptimizers(path, keys),
            };
        }
    }

    /// <summary>Refuses a key that stands for none of these weights: it is mistyped, seldom meant.</summary>
    /// <param name="paths">The paths of a model's weights.</param>
    internal void CheckKeys(IReadOnlyCollection<string> paths)
    {
        foreach (var (key, pattern) in _patterns)
        {
            if (!paths.Contains(key, StringComparer.Ordinal) && !paths.Any(pattern.IsMatch)) throw Throw.KeyWithoutWeights(key, paths);
        }
    }

    private static Regex Pattern(string key)
    {
        try
        {
            return new Regex($@"\A(?:{key})\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException cause)
        {
            throw Throw.BadOptimizerKey(key, cause);
        }
    }
}
