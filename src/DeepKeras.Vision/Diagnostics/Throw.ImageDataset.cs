using DeepKeras.Vision.Loading;

namespace DeepKeras.Vision;

// Folders of images.
internal static partial class Throw
{
    private const string FromDirectory = "ImageDataset.FromDirectory";

    public static KerasException DirectoryMissing(string path) =>
        new($"{FromDirectory}: the folder {path} does not exist. Check the path; relative ones start at {Environment.CurrentDirectory}.");

    public static KerasException DirectoryIsFile(string path) =>
        new($"{FromDirectory}: a folder is expected but {path} is a file. Read one image with ImageFile.Load.");

    public static KerasException DirectoryUnreadable(string path, Exception cause) =>
        new($"{FromDirectory}: the folder {path} could not be listed: {cause.Message.TrimEnd('.')}. Check that all of it may be read.", cause);

    public static KerasException NoImages(string directory, string? subset) =>
        new($"{FromDirectory}: there are no {(subset is null ? "" : $"{subset} ")}images in {directory}. Images are files that end in {ImageFolder.Endings}, in one sub-folder per class where labels are inferred{(subset is null ? "" : "; each part must get at least one")}.");

    public static KerasException LabelsWord(string word) =>
        new($"{FromDirectory}: labels must be \"inferred\", null or whole numbers but was \"{word}\". Leave it out to take the sub-folders as classes.");

    public static KerasException LabelMode(string mode) =>
        new($"{FromDirectory}: labelMode must be \"int\", \"categorical\", \"binary\" or null but was \"{mode}\". \"int\" goes with sparse_categorical_crossentropy, \"categorical\" with categorical_crossentropy.");

    public static KerasException ColorMode(string mode) =>
        new($"{FromDirectory}: colorMode must be \"rgb\", \"rgba\" or \"grayscale\" but was \"{mode}\". \"rgb\" is the default.");

    public static KerasException BatchSize(int size) =>
        new($"{FromDirectory}: batchSize must be at least 1 but was {size}. 32 is the default.");

    public static KerasException Workers(int workers) =>
        new($"{FromDirectory}: workers must be at least 0 but was {workers}. Leave it out for one per processor.");

    public static KerasException ClassName(string directory, string name, string[] found) =>
        new($"{FromDirectory}: classNames has \"{name}\", but the sub-folders of {directory} are {(found.Length == 0 ? "none" : string.Join(", ", found))}. Name sub-folders, or leave classNames out.");

    public static KerasException ClassNameTwice(string name) =>
        new($"{FromDirectory}: classNames has \"{name}\" twice. Name each class once.");

    public static KerasException ClassNamesWithoutFolders(bool none) =>
        new($"{FromDirectory}: classNames goes with labels: \"inferred\" only, but labels {(none ? "were switched off" : "are given as numbers")}. Leave classNames out.");

    public static KerasException LabelCount(string directory, int labels, int files) =>
        new($"{FromDirectory}: there must be one label per file, but there are {labels} labels and {files} image files in {directory}. Give them in alphanumeric order of the paths.");

    public static KerasException LabelRange(string[] classes) =>
        new($"{FromDirectory}: given labels must count from 0 without gaps but are {string.Join(", ", classes)}. Number the classes 0, 1, 2 …");

    public static KerasException BinaryClasses(string[] classes) =>
        new($"{FromDirectory}: labelMode: \"binary\" needs exactly 2 classes but there are {classes.Length}{(classes.Length > 0 ? $": {string.Join(", ", classes)}" : "")}. Choose two with classNames, or take labelMode: \"int\".");

    public static KerasException ValidationSplit(double part) =>
        new(FormattableString.Invariant($"{FromDirectory}: validationSplit must be between 0 and 1 (both excluded) but was {part}. 0.2 keeps a fifth for validation."));

    public static KerasException Subset(string subset) =>
        new($"{FromDirectory}: subset must be \"training\", \"validation\" or \"both\" but was \"{subset}\". It says which part of validationSplit is wanted.");

    public static KerasException SplitAndSubset(string? subset) =>
        new($"{FromDirectory}: validationSplit and subset go together, but only {(subset is null ? "validationSplit" : "subset")} was given. Add {(subset is null ? "subset: \"both\"" : "validationSplit: 0.2")}, or leave out both.");

    public static KerasException SplitSeed() =>
        new($"{FromDirectory}: validationSplit with shuffle needs a seed, or the two parts may share images. Give a seed, or shuffle: false.");

    public static KerasException Seed(int seed) =>
        new($"{FromDirectory}: the seed must be at least 0 but was {seed}. Any whole number from 0 on will do.");

    public static KerasException NoValidationPart() =>
        new("ImageDataset: there is no validation part. Ask for it: ImageDataset.FromDirectory(…, validationSplit: 0.2, subset: \"both\", seed: 1).");

    public static KerasException DatasetImage(KerasException cause) =>
        new($"{cause.Message} To leave such files out and go on, say skipDamaged: true.", cause);
}
