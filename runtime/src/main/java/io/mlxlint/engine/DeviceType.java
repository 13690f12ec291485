package io.mlxlint.engine;

/** Where an engine computes. */
public enum DeviceType { CPU, GPU }
