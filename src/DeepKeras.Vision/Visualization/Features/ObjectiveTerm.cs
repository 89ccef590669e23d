using System.Globalization;
using DeepKeras.Inspection;

namespace DeepKeras.Vision.Visualization;

/// <summary>One weighted part of an <see cref="Objective"/>.</summary>
/// <param name="Kind">What is measured.</param>
/// <param name="Layer">Where; <see langword="null"/> for the scores of the classes.</param>
/// <param name="Index">The channel, unit or class.</param>
/// <param name="Row">The row of a unit; the middle by default.</param>
/// <param name="Column">The column of a unit; the middle by default.</param>
/// <param name="Weight">The factor.</param>
internal sealed record ObjectiveTerm(ObjectiveKind Kind, LayerSelector? Layer, int Index, int? Row = null, int? Column = null, double Weight = 1)
{
    /// <summary>The measure of one sample.</summary>
    /// <param name="output">That sample's output of the layer, or its class scores: <c>(1, …, channels)</c>.</param>
    /// <returns>A scalar.</returns>
    public Tensor Measure(Tensor output)
    {
        if (Kind == ObjectiveKind.Layer) return output.square().mean().mul(Weight);
        var channels = output.shape[^1];
        if (Kind == ObjectiveKind.Class && channels == 1)
        {
            return Index is 0 or 1 ? output.mean().mul(Index == 1 ? Weight : -Weight) : throw Throw.ObjectiveIndex(this, "class", 2);
        }
        if (Index < 0 || Index >= channels) throw Throw.ObjectiveIndex(this, Kind == ObjectiveKind.Class ? "class" : "channel", channels);
        var channel = output.select(output.ndim - 1, Index);
        if (Kind == ObjectiveKind.Unit && channel.ndim == 3)
        {
            channel = channel.select(1, Place("row", Row, channel.shape[1])).select(1, Place("column", Column, channel.shape[2]));
        }
        return channel.mean().mul(Weight);
    }

    /// <summary>In words: <c>channel 3 of 'conv2d'</c>.</summary>
    public string What => Kind switch
    {
        ObjectiveKind.Class => string.Create(CultureInfo.InvariantCulture, $"class {Index}"),
        ObjectiveKind.Layer => $"layer '{Layer}'",
        ObjectiveKind.Unit => string.Create(CultureInfo.InvariantCulture, $"unit {Index} of '{Layer}'"),
        _ => string.Create(CultureInfo.InvariantCulture, $"channel {Index} of '{Layer}'"),
    };

    public override string ToString() => Weight == 1 ? What : string.Create(CultureInfo.InvariantCulture, $"{Weight} × {What}");

    private long Place(string axis, int? wanted, long extent)
    {
        if (wanted is not { } place) return extent / 2;
        return place >= 0 && place < extent ? place : throw Throw.ObjectivePlace(this, axis, place, extent);
    }
}
