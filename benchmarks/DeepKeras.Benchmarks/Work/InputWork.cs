using DeepKeras.Data;
using DeepKeras.Layers;
using DeepKeras.Vision;
using static DeepKeras.Keras;

namespace DeepKeras.Benchmarks.Work;

/// <summary>An input pipeline over a folder of JPEG files: what torchvision's <c>ImageFolder</c> and <c>DataLoader</c> do on the other side.</summary>
internal abstract class InputWork : IWork
{
    /// <param name="folder">A folder per class.</param>
    /// <param name="size">Height and width of the images in the batches.</param>
    /// <param name="batch">Images per batch.</param>
    /// <param name="workers">Threads that decode.</param>
    /// <param name="augment">Whether the images are changed by chance.</param>
    /// <param name="augmentingWorkers">Threads that make the bytes numbers from 0 to 1, and augment them; 0 leaves it to the reading thread.</param>
    protected InputWork(string folder, int size, int batch, int workers, bool augment, int augmentingWorkers)
    {
        var files = ImageDataset.FromDirectory(folder, batchSize: batch, imageSize: (size, size), antialias: true, workers: workers);
        Images = files.FilePaths.Count;
        Steps = (Images + batch - 1) / batch;
        Batches = files.Augment(augment ? Augmentation() : Rescaling(1 / 255.0), augmentingWorkers);
    }

    /// <summary>Files per pass.</summary>
    public int Images { get; }

    /// <summary>Batches per pass.</summary>
    public int Steps { get; }

    protected Dataset<Batch> Batches { get; }

    public abstract void Run();

    /// <summary>How long the passes since the last call waited for data, in seconds; 0 where nothing is trained.</summary>
    public virtual double TakeWaitedSeconds() => 0;

    /// <summary>What the transforms of <c>torch_input_bench.py</c> do: mirror, rotate by up to 18°, brightness and contrast ± 20 %.</summary>
    private static Pipeline Augmentation() => new(
    [
        RandomFlip("horizontal"),
        Rescaling(1 / 255.0),
        RandomRotation(0.05, fillMode: "constant"),
        RandomBrightness(0.2, valueRange: [0, 1]),
        RandomContrast(0.2, valueRange: [0, 1]),
    ]);
}
