using System.Globalization;
using System.Reflection;
using System.Text;
using DeepKeras.Activations;
using DeepKeras.Layers;

namespace DeepKeras.Inspection;

/// <summary>
/// A model from top to bottom in plain characters: a line of <c>#####</c> with the dimensions for data, a line with a picture, the number and the share
/// of weights for each operation (the form of the package "keras-sequential-ascii").
/// </summary>
internal static class ModelDiagram
{
    private const string Passing = "  |  ";

    /// <summary>Layers that only apply a function: they show as the name of their output, not as an operation.</summary>
    private static readonly HashSet<string> s_functions = new(StringComparer.Ordinal) { "Activation", "ReLU", "Softmax", "ELU", "LeakyReLU" };

    private static readonly (string Start, string Picture)[] s_pictures =
    [
        ("Conv1DTranspose", @" /|\ "), ("Conv2DTranspose", @" /|\ "), ("Conv3DTranspose", @" /|\ "), ("Conv", @" \|/ "), ("DepthwiseConv", @" \|/ "), ("SeparableConv", @" \|/ "),
        ("MaxPooling", "Y max"), ("GlobalMaxPooling", "Y max"), ("AveragePooling", "Y avg"), ("GlobalAveragePooling", "Y avg"),
        ("Dense", "XXXXX"), ("Dropout", " | ||"), ("SpatialDropout", " | ||"), ("Gaussian", " ~|~ "), ("AlphaDropout", " | ||"),
        ("Flatten", "|||||"), ("Reshape", "|||||"), ("Permute", "|X|X|"), ("RepeatVector", "|||||"),
        ("ZeroPadding", @"\|||/"), ("Cropping", @"/|||\"), ("UpSampling", @" /|\ "),
        ("BatchNormalization", " μ|σ "), ("LayerNormalization", " μ|σ "), ("Normalization", " μ|σ "), ("Embedding", "emb |"),
        ("Add", @"\ + /"), ("Subtract", @"\ - /"), ("Multiply", @"\ x /"), ("Average", @"\avg/"), ("Maximum", @"\max/"), ("Minimum", @"\min/"), ("Concatenate", @"\ | /"), ("Dot", @"\ . /"),
    ];

    public static string Write(Model model)
    {
        if (!model.IsBuilt) throw Throw.DiagramNotBuilt(model);
        var total = Math.Max(1, model.Layers.Sum(l => l.CountParams()));
        var text = new StringBuilder("           OPERATION           DATA DIMENSIONS   WEIGHTS (N)   WEIGHTS (%)\n\n");
        foreach (var input in model.Inputs) Data(text, "Input", input.Shape);
        var steps = model.Graph.Nodes.Where(n => n.Inputs.Count > 0).ToArray();
        for (var i = 0; i < steps.Length; i++)
        {
            var node = steps[i];
            var layer = node.Layer;
            var activation = ActivationOf(layer);
            // A function behind an operation without one is that operation's own activation.
            if (activation is null && i + 1 < steps.Length && IsFunction(steps[i + 1].Layer) && steps[i + 1].Inputs[0].Producer == node) activation = ActivationOf(steps[++i].Layer);
            Operation(text, layer, total);
            foreach (var output in steps[i].Outputs) Data(text, activation ?? "", output.Shape);
        }
        return text.ToString();
    }

    private static bool IsFunction(Layer layer) => s_functions.Contains(layer.GetType().Name) && layer.Weights.Count == 0;

    /// <summary>The function that a layer applies at its end, where it is not the identity.</summary>
    public static string? ActivationOf(Layer layer)
    {
        var function = layer is Activation own ? own.Function : layer.GetType().GetProperty("Activation", BindingFlags.Public | BindingFlags.Instance)?.GetValue(layer) as ActivationFunction;
        if (function is { IsLinear: false }) return function.Name;
        return IsFunction(layer) && layer is not Activation ? layer.GetType().Name.ToLowerInvariant() : null;
    }

    private static void Data(StringBuilder text, string name, Shape shape)
    {
        var extents = string.Join(' ', shape.Skip(1).Select(e => (e?.ToString(CultureInfo.InvariantCulture) ?? "?").PadLeft(4)));
        text.Append(CultureInfo.InvariantCulture, $"{name,20}   #####   {new string(' ', Math.Max(0, (14 - extents.Length) / 2))}{extents}\n");
    }

    private static void Operation(StringBuilder text, Layer layer, long total)
    {
        var type = ModelTable.TypeName(layer);
        var picture = s_pictures.FirstOrDefault(p => type.StartsWith(p.Start, StringComparison.Ordinal)).Picture ?? Passing;
        var count = layer.CountParams();
        text.Append(CultureInfo.InvariantCulture, $"{(IsFunction(layer) ? "" : type),20}   {picture} -------------------{count,10}   {100.0 * count / total,5:F1}%\n");
    }
}
