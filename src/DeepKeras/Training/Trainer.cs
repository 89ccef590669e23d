using DeepKeras.Callbacks;
using DeepKeras.Data;

namespace DeepKeras.Training;

/// <summary>The loops over epochs and batches. Everything is decided before the loop; a batch does tensor work only.</summary>
internal sealed class Trainer(Model model, Compiled compiled)
{
    private readonly BatchPreparer _preparer = new(model);

    public History Fit(FitOptions options)
    {
        var history = new History();
        var steps = options.StepsPerEpoch ?? options.Source.BatchCount;
        var callbacks = new CallbackList(model, new RunInfo(options.Epochs, steps, options.Verbose), options.Callbacks);
        using var interrupt = new InterruptGuard(options.Cancellation);
        using var batches = new BatchReader(options.Source);
        var logs = new Logs();
        model.StopTraining = false;
        compiled.Reset();
        callbacks.TrainBegin();
        for (var epoch = options.InitialEpoch; epoch < options.Epochs && !model.StopTraining; epoch++)
        {
            compiled.Reset();
            callbacks.EpochBegin(epoch);
            TrainEpoch(options, batches, callbacks, interrupt);
            if (interrupt.IsRequested)
            {
                history.WasInterrupted = true;
                break;
            }
            logs = ToLogs(compiled.Read());
            if (options.Validation is not null && (epoch + 1) % options.ValidationFrequency == 0)
            {
                foreach (var (key, value) in Evaluate(options.Validation, options.ValidationSteps, callbacks, interrupt)) logs["val_" + key] = value;
                if (interrupt.IsRequested)
                {
                    history.WasInterrupted = true;
                    break;
                }
            }
            callbacks.EpochEnd(epoch, logs);
            history.Record(epoch, logs);
        }
        compiled.Optimizer.FinishTraining();
        callbacks.TrainEnd(logs);
        return history;
    }

    public IReadOnlyList<KeyValuePair<string, double>> Evaluate(Dataset source, int? steps, CallbackList callbacks, InterruptGuard interrupt)
    {
        compiled.Reset();
        callbacks.TestBegin();
        using var batches = new BatchReader(source);
        using var gradients = torch.no_grad();
        for (var step = 0; !(step >= steps) && !interrupt.IsRequested; step++)
        {
            callbacks.TestBatchBegin(step);
            using var scope = torch.NewDisposeScope();
            if (batches.Next() is not { } batch) break;
            CheckTargets(batch, "Evaluate");
            batch = _preparer.Prepare(batch);
            compiled.Resolve(batch.Targets);
            model.TestStep(batch);
            callbacks.TestBatchEnd(step, compiled);
        }
        var values = compiled.Read();
        callbacks.TestEnd(ToLogs(values));
        return values;
    }

    private void TrainEpoch(FitOptions options, BatchReader batches, CallbackList callbacks, InterruptGuard interrupt)
    {
        for (var step = 0; !(step >= options.StepsPerEpoch) && !interrupt.IsRequested && !model.StopTraining; step++)
        {
            using var scope = torch.NewDisposeScope();
            var batch = batches.Next();
            if (batch is null && options.StepsPerEpoch is { } wanted)
            {
                batch = batches.Next() ?? throw Throw.EndedEarly(wanted, step);
            }
            if (batch is null) break;
            callbacks.TrainBatchBegin(step);
            CheckTargets(batch, "Fit");
            batch = _preparer.Prepare(batch);
            compiled.Resolve(batch.Targets);
            model.SyncTrainable();
            model.TrainStep(batch);
            callbacks.TrainBatchEnd(step, compiled);
        }
    }

    private void CheckTargets(Batch batch, string action)
    {
        if (batch.Targets.Length == 0 && compiled.HasLoss) throw Throw.MissingTargets(action);
    }

    private static Logs ToLogs(IEnumerable<KeyValuePair<string, double>> values)
    {
        var logs = new Logs();
        foreach (var (key, value) in values) logs[key] = value;
        return logs;
    }
}
