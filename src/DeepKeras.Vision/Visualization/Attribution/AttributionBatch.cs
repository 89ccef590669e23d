using DeepKeras.Inspection;

namespace DeepKeras.Vision.Visualization;

/// <summary>Images, the classes to explain and the model's scores for them: what every attribution method works with.</summary>
internal sealed class AttributionBatch
{
    private readonly LayerReader _reader;
    private readonly ClassScore _score;
    private long[]? _classes;

    private AttributionBatch(LayerReader reader, Tensor images, long[]? classes, ClassScore score)
    {
        _reader = reader;
        Images = images;
        _classes = classes;
        _score = score;
        Format = ImageModel.FormatOf(reader.Model);
    }

    /// <summary>(n, …), in the model's element type and on its device.</summary>
    public Tensor Images { get; }

    /// <summary>Where the images and maps of the model have their channels.</summary>
    public DataFormat Format { get; }

    /// <summary>Runs a method batch by batch.</summary>
    /// <param name="reader">The model, and the layers that the method looks at.</param>
    /// <param name="images">One image or a batch.</param>
    /// <param name="classIndex">The classes; the predicted ones by default.</param>
    /// <param name="score">What is explained.</param>
    /// <param name="batchSize">Images per batch.</param>
    /// <param name="method">Gets a batch, returns a map per image.</param>
    /// <returns>The maps on the CPU, without the batch axis for one image.</returns>
    public static Tensor Run(LayerReader reader, Tensor images, ClassChoice? classIndex, ClassScore score, int batchSize, Func<AttributionBatch, Tensor> method)
    {
        if (batchSize < 1) throw Throw.NotPositive(nameof(batchSize), batchSize);
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.enable_grad();
        var all = ImageModel.Batch(reader.Model, images, out var isSingle);
        var count = all.shape[0];
        var classes = classIndex?.For(reader.Model, count, ClassesOf(reader));
        var maps = new List<Tensor>();
        for (long first = 0; first < count; first += batchSize)
        {
            using var step = torch.NewDisposeScope();
            var size = Math.Min(batchSize, count - first);
            var batch = new AttributionBatch(reader, all.narrow(0, first, size), classes?[(int)first..(int)(first + size)], score);
            // A copy of its own: the CPU copy of a CPU tensor may be a view of something large.
            maps.Add(method(batch).detach().cpu().contiguous().clone().MoveToOuterDisposeScope());
        }
        var result = maps.Count == 1 ? maps[0] : torch.cat(maps, 0);
        return (isSingle ? result.squeeze(0) : result).MoveToOuterDisposeScope();
    }

    /// <summary>Takes the classes that the model predicts for the images, where none were given.</summary>
    public void ChooseClasses()
    {
        if (_classes is not null) return;
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        ChooseClasses(_reader.Read(Images));
    }

    /// <summary>The scores of each image's class, (rows); rows beyond the images are taken as further copies of them, in the same order.</summary>
    /// <param name="inputs">(k · n, …).</param>
    /// <param name="reading">What the layers answered.</param>
    public Tensor Scores(Tensor inputs, out LayerReading reading)
    {
        reading = _reader.Read(inputs);
        ChooseClasses(reading);
        var values = _score == ClassScore.Logit ? reading.Logits : reading.Output;
        var classes = torch.tensor(_classes!, [_classes!.Length, 1], ScalarType.Int64, values.device).repeat(inputs.shape[0] / Images.shape[0], 1);
        if (!IsBinary(_reader)) return values.gather(1, classes).squeeze(1);
        // One sigmoid unit speaks for class 1; class 0 has the opposite log-odds and the rest of the probability.
        var other = _score == ClassScore.Logit ? values.neg() : values.neg().add(1);
        return torch.where(classes.eq(1), values, other).squeeze(1);
    }

    /// <summary>The gradient of the sum of all rows' scores; each row's own, since rows do not see each other in inference.</summary>
    /// <param name="scores">What <see cref="Scores"/> returned.</param>
    /// <param name="at">The tensor to differentiate by.</param>
    public Tensor Gradient(Tensor scores, Tensor at)
    {
        if (!scores.requires_grad) throw Throw.NoGradient(_reader);
        at.grad = null;
        torch.autograd.backward([scores.sum()], null, false, false, [at]);
        return at.grad ?? throw Throw.NoGradient(_reader);
    }

    /// <summary>The mean over many variants of the images of the gradient at the input.</summary>
    /// <param name="count">How many variants.</param>
    /// <param name="rows">Images in one pass.</param>
    /// <param name="variants">Gets the first variant and how many; returns (how many, n, …).</param>
    public Tensor MeanGradient(int count, int rows, Func<int, int, Tensor> variants)
    {
        ChooseClasses();
        var sum = torch.zeros_like(Images);
        var most = (int)Math.Max(1, rows / Images.shape[0]);
        for (var first = 0; first < count; first += most)
        {
            using var scope = torch.NewDisposeScope();
            var size = Math.Min(most, count - first);
            var inputs = variants(first, size).reshape([size * Images.shape[0], .. Images.shape[1..]]).detach().requires_grad_(true);
            sum.add_(Gradient(Scores(inputs, out _), inputs).reshape([size, .. Images.shape]).sum(0L, false));
        }
        return sum.div(count);
    }

    private static bool IsBinary(LayerReader reader) => reader.Model.Outputs[0].Shape[^1] == 1 && reader.OutputActivation.Name == "sigmoid";

    private static long ClassesOf(LayerReader reader)
    {
        var shape = reader.Model.Outputs[0].Shape;
        if (shape.Rank != 2 || shape[1] is not { } units) throw Throw.NoClasses(reader.Model);
        return IsBinary(reader) ? 2 : units;
    }

    private void ChooseClasses(LayerReading reading)
    {
        if (_classes is not null) return;
        _ = ClassesOf(_reader);
        var predicted = IsBinary(_reader) ? reading.Output.gt(0.5).squeeze(1) : reading.Output.argmax(1);
        _classes = predicted.to_type(ScalarType.Int64).cpu().contiguous().data<long>().ToArray();
    }
}
