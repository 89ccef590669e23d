using DeepKeras.Layers;

namespace DeepKeras.Data;

/// <summary>Puts image layers into a data set, so that images are changed ahead of training.</summary>
public static class DatasetAugmentation
{
    /// <summary>Changes the images (the first input) of every batch as the layer does in training; <see cref="MixUp"/> and <see cref="CutMix"/> change the first target with them.</summary>
    /// <remarks>
    /// Images that the layer hands on as bytes stay bytes (<see cref="RandomFlip"/>, <see cref="RandomCrop"/>). The numbers drawn depend on the seed, the pass and the
    /// batch alone, whatever the number of workers. Further inputs and targets, and the sample weights, stay as they are.
    /// <code>var train = Dataset.FromTensors(images, labels).Shuffle(10_000).Batch(32).Augment(new Pipeline([RandomFlip("horizontal"), RandomRotation(0.1)]), workers: 2);</code>
    /// </remarks>
    /// <param name="batches">Batches whose first input is images.</param>
    /// <param name="layer">An image layer, a <see cref="Pipeline"/> of layers, or any other layer, which changes the images alone.</param>
    /// <param name="workers">How many threads work ahead of the reader; 0 (the default) works in the reading thread.</param>
    /// <exception cref="KerasException"><paramref name="workers"/> is negative.</exception>
    public static Dataset<Batch> Augment(this Dataset<Batch> batches, Layer layer, int workers = 0)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(layer);
        return batches.Map(
            batch =>
            {
                var (images, target) = Change(layer, batch.Inputs[0], batch.Targets.Length > 0 ? batch.Targets[0] : null);
                return batch with { Inputs = [images, .. batch.Inputs[1..]], Targets = target is null ? batch.Targets : [target, .. batch.Targets[1..]] };
            },
            workers);
    }

    private static (Tensor Images, Tensor? Target) Change(Layer layer, Tensor images, Tensor? target)
    {
        var samples = new ImageSamples(images, target);
        var changed = layer switch
        {
            ImageAugmentationLayer image => image.Apply(samples),
            Pipeline pipeline => pipeline.Apply(samples),
            _ => samples with { Images = layer.Call(images, training: true) },
        };
        return (changed.Images, changed.Labels);
    }
}
