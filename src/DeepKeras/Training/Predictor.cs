using DeepKeras.Callbacks;
using DeepKeras.Data;
using TorchSharp.Modules;

namespace DeepKeras.Training;

/// <summary>Runs a model over data and gathers its outputs on the host.</summary>
internal static class Predictor
{
    /// <summary>From this many bytes on, a result lives in a C# array, so that the garbage collector knows its weight.</summary>
    private const long ManagedResultBytes = 1 << 16;

    /// <summary>One pass without batches: the short way for a few rows.</summary>
    public static Tensor[] Once(Model model, Tensor[] inputs)
    {
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var batch = model.Preparer.Prepare(new Batch(inputs, [], null, inputs[0].size(0)));
        var outputs = model.PredictStep(batch);
        var results = new Tensor[outputs.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var result = Host(outputs[i]);
            // An identity model hands its input back, a layer may give its weight: a result must not be the caller's or the layer's own tensor.
            results[i] = (outputs[i] is Parameter || Array.Exists(inputs, x => ReferenceEquals(x, outputs[i])) ? result.clone() : result).MoveToOuterDisposeScope();
        }
        return results;
    }

    /// <summary>Batch by batch into results made at once, where the number of samples is known.</summary>
    public static Tensor[] Whole(Model model, ArraySource source, CallbackList callbacks, CancellationToken cancellation)
    {
        using var gradients = torch.no_grad();
        using var batches = new BatchReader(source, cancellation);
        var preparer = model.Preparer;
        Tensor[]? results = null;
        long done = 0;
        for (var step = 0; ; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            if (batches.Next() is not { } batch) break;
            callbacks.PredictBatchBegin(step);
            var outputs = model.PredictStep(preparer.Prepare(batch));
            results ??= [.. outputs.Select(o => Allocate([source.SampleCount, .. o.shape[1..]], o.dtype).MoveToOuterDisposeScope())];
            for (var i = 0; i < results.Length; i++) results[i].narrow(0, done, batch.Count).copy_(outputs[i]);
            done += batch.Count;
            callbacks.PredictBatchEnd(step);
        }
        return results ?? throw Throw.EmptyData("x");
    }

    /// <summary>Batch by batch from a data set of unknown length.</summary>
    public static Tensor[] Stream(Model model, Dataset<Batch> source, int? steps, CallbackList callbacks, CancellationToken cancellation)
    {
        using var gradients = torch.no_grad();
        using var outer = torch.NewDisposeScope();
        using var batches = new BatchReader(source, cancellation);
        var preparer = model.Preparer;
        List<Tensor>[]? parts = null;
        for (var step = 0; !(step >= steps); step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            var batch = batches.Next();
            cancellation.ThrowIfCancellationRequested();
            if (batch is null) break;
            callbacks.PredictBatchBegin(step);
            var outputs = model.PredictStep(preparer.Prepare(batch));
            parts ??= [.. outputs.Select(_ => new List<Tensor>())];
            for (var i = 0; i < parts.Length; i++) parts[i].Add(Host(outputs[i]).MoveToOuterDisposeScope());
            callbacks.PredictBatchEnd(step);
        }
        return parts is null ? throw Throw.EmptyData("the Dataset") : [.. parts.Select(p => torch.cat(p, 0).MoveToOuterDisposeScope())];
    }

    private static Tensor Host(Tensor output)
    {
        var host = output.device_type == DeviceType.CPU ? output : output.cpu();
        return host.is_contiguous() ? host : host.contiguous();
    }

    private static Tensor Allocate(long[] shape, ScalarType dtype)
    {
        var count = shape.Aggregate(1L, (a, b) => a * b);
        if (dtype != ScalarType.Float32 || count * sizeof(float) < ManagedResultBytes || count > Array.MaxLength) return torch.empty(shape, dtype);
        return torch.frombuffer(new float[count], ScalarType.Float32).view(shape);
    }
}
