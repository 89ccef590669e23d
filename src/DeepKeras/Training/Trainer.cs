using System.Diagnostics;
using DeepKeras.Callbacks;
using DeepKeras.Data;
using DeepKeras.Serialization;

namespace DeepKeras.Training;

/// <summary>The loops over epochs and batches. Everything is decided before the loop; a batch does tensor work only.</summary>
internal sealed class Trainer(Model model, Compiled compiled)
{
    private readonly BatchPreparer _preparer = model.Preparer;

    public History Fit(FitOptions options)
    {
        var history = new History();
        using var interrupt = new InterruptGuard(options.Cancellation);
        using var batches = new BatchReader(options.Source, interrupt.Token);
        var backup = options.Callbacks.OfType<BackupAndRestore>().FirstOrDefault();
        var state = Begin(options, batches, backup);
        var callbacks = state.Callbacks;
        var logs = new Logs();
        while (state.Epoch < options.Epochs && !model.StopTraining)
        {
            var epoch = state.Epoch;
            if (state.Step == 0)
            {
                compiled.Reset();
                callbacks.EpochBegin(epoch);
            }
            var begin = Stopwatch.GetTimestamp();
            while (!(state.Step >= options.StepsPerEpoch) && !interrupt.IsRequested && !model.StopTraining)
            {
                using var scope = torch.NewDisposeScope();
                if (NextBatch(batches, options.StepsPerEpoch, state.Step, history) is not { } batch) break;
                callbacks.TrainBatchBegin(state.Step);
                model.TrainStep(batch);
                callbacks.TrainBatchEnd(state.Step, compiled);
                state.Step++;
                backup?.AfterStep(state);
            }
            begin = history.AddTraining(begin);
            if (history.WasInterrupted = interrupt.IsRequested) break;
            if (state.Step == 0 && !model.StopTraining) throw Throw.NoBatches("Fit", epoch - options.InitialEpoch);
            logs = ToLogs(compiled.Read());
            history.AddTraining(begin);
            if (history.WasInterrupted = !Validate(options, state, interrupt, logs)) break;
            callbacks.EpochEnd(epoch, logs);
            history.Record(epoch, logs);
            (state.Epoch, state.Step) = (epoch + 1, 0);
            backup?.AfterEpoch(state);
        }
        compiled.Optimizer.FinishTraining();
        callbacks.TrainEnd(logs);
        if (!history.WasInterrupted) backup?.Finish();
        return history;
    }

    /// <summary>Adds the validation's figures where there is one after this epoch; says whether training may go on.</summary>
    private bool Validate(FitOptions options, TrainingState state, InterruptGuard interrupt, Logs logs)
    {
        if (options.Validation is null || !options.ValidationFrequency.Includes(state.Epoch)) return true;
        foreach (var (key, value) in Evaluate(options.Validation, options.ValidationSteps, state.Callbacks, interrupt)) logs["val_" + key] = value;
        return !interrupt.IsRequested;
    }

    /// <summary>Lets the callbacks begin, and goes to where a backup was made.</summary>
    private TrainingState Begin(FitOptions options, BatchReader batches, BackupAndRestore? backup)
    {
        var run = new RunInfo(options.Epochs, options.StepsPerEpoch ?? options.Source.Steps, options.Verbose, options.Validation is null ? null : options.ValidationFrequency);
        if (backup is not null) backup.Run = run;
        var saved = backup?.Open();
        var callbacks = new CallbackList(model, run with { IsResumed = saved is not null }, options.Callbacks);
        var state = new TrainingState(model, compiled, callbacks, batches, options.Validation) { Epoch = options.InitialEpoch };
        model.StopTraining = false;
        compiled.Reset();
        callbacks.TrainBegin();
        if (saved is not null) Resume(saved, state);
        return state;
    }

    /// <summary>Goes on from a backup. Within an epoch the hooks of its beginning run first: what they change is what the backup holds.</summary>
    private void Resume(BackupFile saved, TrainingState state)
    {
        if (saved.Step > 0)
        {
            compiled.Reset();
            state.Callbacks.EpochBegin(saved.Epoch);
        }
        saved.Restore(state, See);
    }

    public IReadOnlyList<KeyValuePair<string, double>> Evaluate(Dataset<Batch> source, int? steps, CallbackList callbacks, InterruptGuard interrupt)
    {
        compiled.Reset();
        callbacks.TestBegin();
        using var batches = new BatchReader(source, interrupt.Token);
        using var gradients = torch.no_grad();
        var step = 0;
        for (; !(step >= steps) && !interrupt.IsRequested; step++)
        {
            using var scope = torch.NewDisposeScope();
            if (batches.Next() is not { } batch) break;
            callbacks.TestBatchBegin(step);
            model.TestStep(Prepare(batch, "Evaluate"));
            callbacks.TestBatchEnd(step, compiled);
        }
        if (step == 0 && !interrupt.IsRequested) throw Throw.NoBatches("Evaluate", 0);
        var values = compiled.Read();
        callbacks.TestEnd(ToLogs(values));
        return values;
    }

    /// <summary>Looks at a batch that was trained on before the break: its shapes choose the metrics and make their sums.</summary>
    private void See(Batch batch)
    {
        if (!compiled.IsResolved) model.TestStep(Prepare(batch, "Fit"));
    }

    private Batch? NextBatch(BatchReader batches, int? stepsPerEpoch, int step, History history)
    {
        var begin = Stopwatch.GetTimestamp();
        var batch = batches.Next();
        // With a given number of steps the end of the data is not the end of the epoch.
        if (batch is null && stepsPerEpoch is not null && !batches.IsCancelled) batch = batches.Next();
        history.DataWaitTicks += Stopwatch.GetTimestamp() - begin;
        if (batch is null) return stepsPerEpoch is { } wanted && !batches.IsCancelled ? throw Throw.EndedEarly(wanted, step) : null;
        batch = Prepare(batch, "Fit");
        model.SyncTrainable();
        return batch;
    }

    private Batch Prepare(Batch batch, string action)
    {
        batch = _preparer.Arrange(batch);
        if (batch.Targets.Length == 0 && compiled.HasLoss) throw Throw.MissingTargets(action);
        if (batch.Targets.Length > 0) CheckTargets(batch);
        batch = _preparer.Prepare(batch);
        compiled.Resolve(batch.Targets);
        return batch;
    }

    /// <summary>A data set's batches were not looked at before, as arrays are.</summary>
    private void CheckTargets(Batch batch)
    {
        var names = model.OutputNames;
        if (batch.Targets.Length != names.Count) throw Throw.DataCount("target", names, batch.Targets.Length);
        for (var i = 0; i < batch.Targets.Length; i++)
        {
            var target = batch.Targets[i];
            if (target.ndim == 0 || target.size(0) != batch.Count) throw Throw.SampleCounts([("the batch", batch.Count), ($"target '{names[i]}'", target.ndim == 0 ? 0 : target.size(0))]);
        }
    }

    private static Logs ToLogs(IEnumerable<KeyValuePair<string, double>> values)
    {
        var logs = new Logs();
        foreach (var (key, value) in values) logs[key] = value;
        return logs;
    }
}
