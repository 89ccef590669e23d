using System.Globalization;
using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException AttentionRank(Layer layer, IReadOnlyList<Shape> shapes) =>
        new($"{layer.Where} expects query, value and key of one rank, (N, steps, features) or with more axes of steps, but received {Listed(shapes)}. Give every input a batch axis, its steps, and features last.");

    public static KerasException AttentionSteps(Layer layer, IReadOnlyList<Shape> shapes) =>
        new($"{layer.Where} expects as many keys as values, and the query's extents along every axis that is not attended over, but received {Listed(shapes)}. Pass (query, value) or (query, value, key), in this order.");

    public static KerasException AttentionFeatures(Layer layer, IReadOnlyList<Shape> shapes) =>
        new($"{layer.Where} expects a query and keys with the same features but received {Listed(shapes)}. Bring them to one length with a Dense layer.");

    public static KerasException AttentionFeaturesUnknown(Layer layer, IReadOnlyList<Shape> shapes) =>
        new($"{layer.Where} expects a known last axis of every input but received {Listed(shapes)}. Give Input a shape in which the features are a number.");

    public static KerasException AttentionBuiltFor(Layer layer, string part, long expected, Shape input) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{layer.Where} expects {expected} features of the {part}, for which it was built, but received {input}. Give the features that the layer was first called on, or use a layer of its own."));

    public static KerasException AttentionAxes(Layer layer, Axes axes, Shape query) =>
        new($"{layer.Where} attends over the axes {axes}, between the batch and the features, but received {query}. Choose attentionAxes between 1 and {query.Rank - 2}.");

    public static KerasException AttentionMaskShape(Layer layer, Shape mask, string expected) =>
        new($"{layer.Where} expects an attention mask of shape {expected}, with 1 where it repeats, but received {mask}. Say for every query which keys it may attend to.");

    public static KerasException BandAxes(Layer layer, Axes axes) =>
        new($"{layer.Where} knows what comes before and after along one axis only but attends over {axes}. Leave useCausalMask and slidingWindow out, or choose one axis.");

    public static KerasException PaddingMaskShape(Layer layer, Shape mask, Shape input) =>
        new($"{layer.Where} expects a mask with an element for each step it attends over, but for {input} received one of {mask}. Mask the steps right before the features, or pass an attention mask as the fourth input.");

    public static KerasException HeadGroups(string owner, long queryHeads, long keyValueHeads) => BadArgument(
        owner,
        "numQueryHeads",
        string.Create(CultureInfo.InvariantCulture, $"a multiple of numKeyValueHeads, {keyValueHeads},"),
        queryHeads,
        "Each head of keys and values serves as many query heads as the others.");
}
