using System.Globalization;

namespace DeepKeras.Benchmarks.Running;

/// <summary>A row of the input pipeline's tables.</summary>
/// <param name="Name">What <c>--case</c> filters by.</param>
/// <param name="Title">What the table says.</param>
/// <param name="Archive">Which archive of <see cref="InputFiles"/>.</param>
/// <param name="Size">Height and width of the batches' images.</param>
/// <param name="Mode">What a pass does.</param>
/// <param name="Batch">Images per batch.</param>
/// <param name="FasterThanTorchvision">How many times as many images per second as torchvision DeepKeras should make; 0 where nothing is promised.</param>
/// <param name="WaitsLessThan">Which share of the training time may be spent waiting for data; 0 where nothing is promised.</param>
internal sealed record InputCase(string Name, string Title, string Archive, int Size, InputMode Mode, int Batch, double FasterThanTorchvision = 0, double WaitsLessThan = 0) : IMeasured
{
    /// <summary>Every row, in order.</summary>
    public static readonly InputCase[] All =
    [
        new("cifar-load", "CIFAR-10 JPEGs, 32×32: decode", InputFiles.Cifar, 32, InputMode.Load, 64, 1.5),
        new("cifar-augment", "CIFAR-10 JPEGs, 32×32: decode, augment", InputFiles.Cifar, 32, InputMode.Augment, 64, 1.5),
        new("photos-load", "photos of 0.3 megapixels: decode, resize to 224×224", InputFiles.Photos, 224, InputMode.Load, 32, 1.5),
        new("photos-augment", "photos of 0.3 megapixels: decode, resize to 224×224, augment", InputFiles.Photos, 224, InputMode.Augment, 32, 1.5),
        new("cifar-train", "CIFAR-10 CNN from the JPEGs, augmented", InputFiles.Cifar, 32, InputMode.Train, 64, 0, 0.05),
    ];

    public string Command => "work-input";

    public string Script => "torch_input_bench.py";

    public string[] Engines => [Engine.PyTorch, Engine.Fit];

    /// <summary>Where the files of this case lie.</summary>
    public string Folder { get; init; } = "";

    /// <summary>How many threads or processes decode and augment.</summary>
    public int Workers { get; init; }

    // The workers work side by side already.
    public int Threads(int asked) => Mode == InputMode.Train ? asked : 1;

    public string[] Arguments(int threads, double warmUp) =>
    [
        "--files", Folder,
        "--mode", Mode.ToString().ToLowerInvariant(),
        "--size", Size.ToString(CultureInfo.InvariantCulture),
        "--batch", Batch.ToString(CultureInfo.InvariantCulture),
        "--workers", Workers.ToString(CultureInfo.InvariantCulture),
        "--threads", Threads(threads).ToString(CultureInfo.InvariantCulture),
        "--warm-up", warmUp.ToString(CultureInfo.InvariantCulture),
    ];
}
