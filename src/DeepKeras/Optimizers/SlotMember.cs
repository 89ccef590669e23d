using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>A weight in its slot.</summary>
internal sealed class SlotMember(Weight weight, MemoryLayout? layout)
{
    public Weight Weight { get; } = weight;

    /// <summary>Where the weight's elements lie; null for a lone weight whose memory has gaps.</summary>
    public MemoryLayout? Layout { get; } = layout;

    /// <summary>The weight's tensor when the slot was made; another one now means that somebody moved the weight.</summary>
    public Tensor Bound { get; set; } = weight.Native;

    /// <summary>The place of its gradient in this step's list.</summary>
    public int Index { get; set; }

    /// <summary>Where it begins in the flat buffer of a group.</summary>
    public long Offset { get; init; }

    /// <summary>Whether the slot shows the weight in Keras's layout: rules that look at rows and columns need that.</summary>
    public bool InSurfaceLayout { get; init; }

    /// <summary>The numbers to change in place.</summary>
    public Tensor Value => InSurfaceLayout ? Weight.SurfaceView() : Weight.Native;

    /// <summary>Whether the weight lies where it lay when the slot was made.</summary>
    public bool IsInPlace => ReferenceEquals(Bound, Weight.Native);

    /// <summary>Brings a gradient into the layout of <see cref="Value"/>.</summary>
    public Tensor Arrange(Tensor gradient) => InSurfaceLayout ? Weight.ToSurface(gradient) : gradient;

    public static bool IsMissing(Tensor? gradient) => gradient is null || gradient.IsInvalid;
}
