using DeepKeras.Serialization;
using DeepKeras.Training;

namespace DeepKeras.Callbacks;

/// <summary>Makes a run of <c>Fit</c> that was broken off go on where it was when it is started again (Keras: <c>keras.callbacks.BackupAndRestore</c>).</summary>
/// <remarks>
/// A backup holds weights, optimizer, random numbers, the place in the data, running figures and what the other callbacks have counted: on a CPU the resumed
/// run equals the one that was not broken off, bit for bit. (Keras keeps weights, optimizer and epoch alone.) The history has the epochs that the resumed run ends.
/// It is made after all other callbacks have acted, whatever the order of the list, in one step: a crash meanwhile leaves the one before.
/// Data that is made anew in each pass (a generator) must give the same batches again; a break within an epoch reads the first batches of the pass again.
/// <code>model.Fit(x, y, epochs: 100, callbacks: [new BackupAndRestore("backup")]); // run the program again after a crash</code>
/// </remarks>
public sealed class BackupAndRestore : Callback
{
    private const string FileName = "latest.backup";
    private int _batches;

    /// <summary>Creates the callback.</summary>
    /// <param name="backupDir">A folder for this run alone; made when it is missing.</param>
    /// <param name="saveFreq"><c>"epoch"</c> (default) or a number of batches, counted across epochs.</param>
    /// <param name="doubleCheckpoint">Whether the backup before the latest is kept, too, and used when the latest is damaged.</param>
    /// <param name="deleteCheckpoint">Whether the backup is deleted when training has ended. A run that was stopped from outside keeps it.</param>
    /// <exception cref="KerasException">The folder's name is empty, or the frequency is below 1.</exception>
    public BackupAndRestore(string backupDir, Frequency saveFreq = default, bool doubleCheckpoint = false, bool deleteCheckpoint = true)
    {
        if (string.IsNullOrWhiteSpace(backupDir)) throw Throw.BadArgument(nameof(BackupAndRestore), nameof(backupDir), "a folder", $"\"{backupDir}\"", "Give something like \"backup\".");
        BackupDir = backupDir;
        SaveFreq = saveFreq.Checked(nameof(BackupAndRestore), nameof(saveFreq));
        DoubleCheckpoint = doubleCheckpoint;
        DeleteCheckpoint = deleteCheckpoint;
    }

    /// <summary>The folder.</summary>
    public string BackupDir { get; }

    /// <summary>How often a backup is made.</summary>
    public Frequency SaveFreq { get; }

    /// <summary>Whether the backup before the latest is kept, too.</summary>
    public bool DoubleCheckpoint { get; }

    /// <summary>Whether the backup is deleted when training has ended.</summary>
    public bool DeleteCheckpoint { get; }

    private string Latest => Path.Combine(BackupDir, FileName);

    private string Previous => Latest + ".bkp";

    /// <summary>The backup to go on from, or <see langword="null"/> where there is none.</summary>
    internal BackupFile? Open()
    {
        _batches = 0;
        if (!File.Exists(Latest)) return File.Exists(Previous) ? BackupFile.Open(Previous) : null;
        if (!File.Exists(Previous)) return BackupFile.Open(Latest);
        try
        {
            return BackupFile.Open(Latest);
        }
        catch (KerasException damaged)
        {
            Report($"{damaged.Message} The one before it is used.");
            return BackupFile.Open(Previous);
        }
    }

    internal void AfterStep(TrainingState state)
    {
        if (SaveFreq.Batches is not { } frequency || ++_batches < frequency) return;
        _batches = 0;
        Save(state);
    }

    internal void AfterEpoch(TrainingState state)
    {
        if (SaveFreq.Batches is null) Save(state);
    }

    internal void Finish()
    {
        if (!DeleteCheckpoint || !Directory.Exists(BackupDir)) return;
        File.Delete(Latest);
        File.Delete(Previous);
        if (!Directory.EnumerateFileSystemEntries(BackupDir).Any()) Directory.Delete(BackupDir);
    }

    private void Save(TrainingState state)
    {
        _ = Directory.CreateDirectory(BackupDir);
        if (DoubleCheckpoint && File.Exists(Latest)) File.Move(Latest, Previous, overwrite: true);
        BackupFile.Save(Latest, state);
    }
}
