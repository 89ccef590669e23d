using System.IO.Enumeration;

namespace DeepKeras.Serialization;

/// <summary>
/// The table between the layers of a model and the keys of a PyTorch state dict, one row per kind of layer. What follows from the layer itself is not in it:
/// which weights there are (<c>kernel</c> is <c>weight</c>, <c>gamma</c> and <c>beta</c> are <c>weight</c> and <c>bias</c>, <c>moving_mean</c> is
/// <c>running_mean</c> …) and how their axes are ordered.
/// </summary>
/// <remarks>
/// The left side is a layer's name, with the names of nested models in front (<c>"encoder/conv1"</c>). In it <c>{s}</c> stands for a whole number,
/// <c>{b:a}</c> for one lower-case letter that counts from 1, and <c>{n:*}</c> for any word without a slash; the right side may add to the numbers:
/// <c>{s-1}</c>, <c>{b+2}</c>. The first rule that matches wins. A right side of <c>""</c> says that the file has nothing for these layers; their weights stay.
/// <para>The two kernels of a <c>SeparableConv1D</c> or <c>SeparableConv2D</c> are two layers of PyTorch: their left sides end in <c>/depthwise</c> and <c>/pointwise</c>
/// (the bias belongs to the second).</para>
/// <para>The kernel of a <c>Dense</c> layer behind a <c>Flatten</c> is put into the other order: PyTorch flattens (C, H, W), Keras (H, W, C). So is that of a
/// <c>Dense</c> layer in front of a <c>Reshape</c> into images.</para>
/// <code>
/// var map = new StateDictMap(
///     ("conv1_conv", "conv1"), ("conv1_bn", "bn1"),
///     ("conv{s}_block{b}_0_conv", "layer{s-1}.{b-1}.downsample.0"),
///     ("conv{s}_block{b}_{k}_conv", "layer{s-1}.{b-1}.conv{k}"),
///     ("predictions", "fc"));
/// model.LoadWeights("resnet18.pth", map);
/// </code>
/// </remarks>
public sealed class StateDictMap
{
    /// <summary>PyTorch counts the batches of each batch normalisation; nothing here depends on it.</summary>
    internal const string BatchCounter = "num_batches_tracked";

    private readonly List<StateDictRule> _rules;

    /// <summary>Creates a table.</summary>
    /// <param name="rules">Pattern of layers and key, in the order in which they are tried.</param>
    /// <exception cref="KerasException">A placeholder is malformed, stands twice on the left or only on the right.</exception>
    public StateDictMap(params ReadOnlySpan<(string Layer, string Key)> rules)
        : this(rules.ToArray(), [])
    {
    }

    /// <summary>Creates a table for files that hold more than the model.</summary>
    /// <param name="rules">Pattern of layers and key, in the order in which they are tried.</param>
    /// <param name="ignore">Keys of the file that the model does without; <c>*</c> stands for anything: <c>"aux.*"</c>.</param>
    /// <exception cref="KerasException">A placeholder is malformed, stands twice on the left or only on the right.</exception>
    public StateDictMap(IReadOnlyList<(string Layer, string Key)> rules, IReadOnlyList<string> ignore)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(ignore);
        Rules = rules;
        Ignore = ignore;
        _rules = [.. rules.Select(r => new StateDictRule(r.Layer, r.Key))];
    }

    /// <summary>The rows.</summary>
    public IReadOnlyList<(string Layer, string Key)> Rules { get; }

    /// <summary>Patterns of keys that are left alone.</summary>
    public IReadOnlyList<string> Ignore { get; }

    /// <summary>The key of a layer, without the weight's name: <c>layer1.0.conv1</c>.</summary>
    /// <param name="layer">The layer's name, with the names of nested models in front: <c>"encoder/conv1"</c>.</param>
    /// <returns>The key; empty when a rule says that the file has none; <see langword="null"/> when no rule matches.</returns>
    public string? KeyOf(string layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        foreach (var rule in _rules)
        {
            if (rule.Apply(layer) is { } key) return key;
        }
        return null;
    }

    /// <summary>Whether a pattern of <see cref="Ignore"/> covers a key.</summary>
    /// <param name="pattern">A key; <c>*</c> stands for anything.</param>
    /// <param name="key">A key of a file.</param>
    public static bool Matches(string pattern, string key) => FileSystemName.MatchesSimpleExpression(pattern, key, ignoreCase: false);

    internal bool Ignores(string key) =>
        key == BatchCounter || key.EndsWith("." + BatchCounter, StringComparison.Ordinal) || Ignore.Any(p => Matches(p, key));
}
