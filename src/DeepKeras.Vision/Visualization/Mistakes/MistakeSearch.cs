namespace DeepKeras.Vision.Visualization;

/// <summary>Goes through batches and keeps the mistakes that the model was surest of.</summary>
internal sealed class MistakeSearch(Model model, IReadOnlyList<string>? classNames, int count)
{
    // The one to give up first is the least sure; among equals the last found.
    private readonly PriorityQueue<MisclassifiedSample, (double Probability, long Place)> _worst = new();

    public long Total { get; private set; }

    public long Mistakes { get; private set; }

    /// <summary>The surest first.</summary>
    public IReadOnlyList<MisclassifiedSample> Worst => [.. _worst.UnorderedItems.Select(i => i.Element).OrderByDescending(s => s.Probability).ThenBy(s => s.Index)];

    public void Add(Tensor images, Tensor labels)
    {
        using var gradients = torch.no_grad();
        if (images.ndim != 4 || images.shape[3] is not (1 or 3) || images.shape[0] != labels.shape[0]) throw Throw.MistakesImages(images, labels);
        Tensor output = model.PredictOnBatch(images);
        if (output.ndim != 2) throw Throw.MistakesOutput(model, output);
        // One probability p stands for two classes: 1 − p and p.
        var probabilities = output.shape[1] == 1 ? torch.cat([output.neg().add(1), output], 1) : output;
        var (values, indices) = probabilities.max(1);
        var sure = values.to_type(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
        var recognised = indices.cpu().contiguous().data<long>().ToArray();
        var truth = Truth(labels);
        var classes = probabilities.shape[1];
        if (classNames is not null && classNames.Count < classes) throw Throw.MistakesNames(classNames.Count, classes);
        for (var i = 0; i < truth.Length; i++)
        {
            if (truth[i] < 0 || truth[i] >= classes) throw Throw.MistakesLabel(truth[i], classes);
            if (truth[i] != recognised[i]) Keep(images[i], Total + i, (int)truth[i], (int)recognised[i], sure[i]);
        }
        Total += truth.Length;
    }

    private static long[] Truth(Tensor labels)
    {
        var numbers = labels.ndim == 2 && labels.shape[1] > 1 ? labels.argmax(1) : labels;
        return numbers.reshape(-1).to_type(ScalarType.Int64).cpu().contiguous().data<long>().ToArray();
    }

    private void Keep(Tensor image, long index, int truth, int recognised, double probability)
    {
        Mistakes++;
        if (_worst.Count == count)
        {
            if (_worst.TryPeek(out _, out var least) && probability <= least.Probability) return;
            _worst.Dequeue().Image.Dispose();
        }
        _worst.Enqueue(new(index, truth, recognised, probability, Bytes(image).DetachFromDisposeScope()), (probability, -index));
    }

    /// <summary>Bytes stay; numbers are taken as 0 … 1 or 0 … 255 where they look like it, else stretched.</summary>
    private static Tensor Bytes(Tensor image)
    {
        if (image.dtype == ScalarType.Byte) return image.cpu().contiguous().clone();
        var values = image.to_type(ScalarType.Float32).cpu();
        var (low, high) = (values.min().item<float>(), values.max().item<float>());
        var (from, to) = low >= 0 && high <= 1 ? (0, 1) : low >= 0 && high <= 255 ? (0, 255) : (low, high);
        return values.sub(from).mul(255 / (to - from)).round().clamp(0, 255).to_type(ScalarType.Byte).contiguous();
    }
}
