using DeepKeras.Inspection;

namespace DeepKeras.Vision.Visualization;

/// <summary>
/// What an image should make a network answer: a filter, a unit, a whole layer or a class, and weighted sums of these.
/// <see cref="FeatureVisualization"/> and <see cref="DeepDream"/> climb it.
/// </summary>
/// <remarks>
/// <code>
/// Objective eyes = Objective.Channel("conv2d_3", 5) + 0.5 * Objective.Channel("conv2d_3", 9);
/// Objective dream = 1.0 * Objective.Layer("conv2d_2") + 0.5 * Objective.Layer("conv2d_3");
/// Objective frog = Objective.Class(6) - Objective.Class(3);   // a frog, and surely no cat
/// </code>
/// </remarks>
public sealed class Objective
{
    private Objective(params ReadOnlySpan<ObjectiveTerm> terms) => Terms = terms.ToArray();

    internal IReadOnlyList<ObjectiveTerm> Terms { get; }

    /// <summary>The mean of one channel of a layer's output over all places: what a filter answers to the image as a whole.</summary>
    /// <param name="layer">A layer of the model itself: its name, its place or the layer.</param>
    /// <param name="channel">From 0, along the last axis.</param>
    public static Objective Channel(LayerSelector layer, int channel)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return new(new ObjectiveTerm(ObjectiveKind.Channel, layer, channel));
    }

    /// <summary>One number of a layer's output: one place of one channel, or one unit of a Dense layer.</summary>
    /// <param name="layer">A layer of the model itself: its name, its place or the layer.</param>
    /// <param name="channel">From 0, along the last axis.</param>
    /// <param name="row">From 0; the middle by default.</param>
    /// <param name="column">From 0; the middle by default.</param>
    public static Objective Unit(LayerSelector layer, int channel, int? row = null, int? column = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return new(new ObjectiveTerm(ObjectiveKind.Unit, layer, channel, row, column));
    }

    /// <summary>The mean of the squares of everything that a layer answers, which makes stronger whatever it sees (Deep Dream).</summary>
    /// <param name="layer">A layer of the model itself: its name, its place or the layer.</param>
    public static Objective Layer(LayerSelector layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return new(new ObjectiveTerm(ObjectiveKind.Layer, layer, 0));
    }

    /// <summary>
    /// The score of a class: the model's output before a closing softmax or sigmoid (of a Dense, Activation or Softmax layer), else the output itself.
    /// For a model with one output unit, class 1 is its score and class 0 the negative.
    /// </summary>
    /// <param name="index">From 0.</param>
    public static Objective Class(int index) => new(new ObjectiveTerm(ObjectiveKind.Class, null, index));

    /// <summary>The whole layer of that name.</summary>
    public static implicit operator Objective(string layer) => Layer(layer);

    /// <summary>Both at once.</summary>
    public static Objective operator +(Objective left, Objective right) => new([.. left.Terms, .. right.Terms]);

    /// <summary>The first, and little of the second.</summary>
    public static Objective operator -(Objective left, Objective right) => left + -right;

    /// <summary>As little as possible.</summary>
    public static Objective operator -(Objective value) => -1 * value;

    /// <summary>With a weight.</summary>
    public static Objective operator *(double weight, Objective value) => new([.. value.Terms.Select(t => t with { Weight = t.Weight * weight })]);

    /// <summary>With a weight.</summary>
    public static Objective operator *(Objective value, double weight) => weight * value;

    /// <inheritdoc/>
    public override string ToString() => string.Join(" + ", Terms);
}
