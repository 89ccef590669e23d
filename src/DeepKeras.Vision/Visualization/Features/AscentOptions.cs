namespace DeepKeras.Vision.Visualization;

/// <summary>How <see cref="FeatureVisualization"/> climbs: how long, how fast, and what keeps the image from turning into noise.</summary>
/// <remarks><code>var options = new AscentOptions { Size = (96, 96), Steps = 300, Jitter = 6, Seed = 7 };</code></remarks>
public sealed record AscentOptions
{
    /// <summary>Height and width of the image; by default those that the model was built for, or 96 × 96 where they are free.
    /// Any size will do up to the last layer before a Flatten.</summary>
    public (int Height, int Width)? Size { get; init; }

    /// <summary>Steps of gradient ascent, at least 1.</summary>
    public int Steps { get; init; } = 200;

    /// <summary>The mean length of a step per pixel, as a part of the value range: each step is the gradient divided by its root mean square, times this.</summary>
    public double StepSize { get; init; } = 0.03;

    /// <summary>Each step the network sees the image shifted (round the edge) by up to so many pixels, at random; at least 0. What is only right in one exact place does not last.
    /// By default any shift for channels and layers, which have no place, so that the edge leaves no trace and the images could be laid as tiles;
    /// a sixteenth of the shorter side for units and classes.</summary>
    public int? Jitter { get; init; }

    /// <summary>After every so many steps the image is blurred a little; 0 for never.</summary>
    public int BlurEvery { get; init; } = 4;

    /// <summary>The standard deviation of that Gaussian blur in pixels.</summary>
    public double BlurSigma { get; init; } = 0.5;

    /// <summary>The part of its distance to middle grey that each pixel loses in each step, 0 … 1 (the gradient of a squared L2 norm).</summary>
    public double Decay { get; init; } = 0.06;

    /// <summary>How much each step smooths differences between neighbours, relative to <see cref="StepSize"/> (the gradient of the total variation); at least 0.</summary>
    public double TotalVariation { get; init; } = 0.1;

    /// <summary>The standard deviation of the noise that the climb begins with, as a part of the value range.</summary>
    public double Noise { get; init; } = 0.05;

    /// <summary>Chooses noise and shifts; the same seed gives the same image bit for bit on a CPU.</summary>
    public int Seed { get; init; }

    /// <summary>The least and the greatest value of a pixel; by default (0, 255) where the model begins with a <see cref="Layers.Rescaling"/> that makes
    /// values smaller, else (0, 1).</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>Called after every step; it costs a read-back from the device.</summary>
    public Action<AscentStep>? Progress { get; init; }
}
