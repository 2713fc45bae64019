import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `audit_logs`. */
export class AuditLogRow extends Model<InferAttributes<AuditLogRow>, InferCreationAttributes<AuditLogRow>> {
  declare id: CreationOptional<string>;
  declare at: CreationOptional<Date>;
  declare bridgeId: string | null;
  declare runId: string | null;
  declare actorKind: string;
  declare actorId: string | null;
  declare action: string;
  declare subjectKind: string;
  declare subjectId: string;
  declare version: string | null;
  declare detailsHash: Buffer;
  declare sequence: string | null;
  declare chainHash: Buffer | null;

  static define(db: Sequelize): void {
    AuditLogRow.init(
      {
        id: {
          type: DataTypes.BIGINT,
          primaryKey: true,
          allowNull: false,
          autoIncrement: true,
          autoIncrementIdentity: true,
        },
        at: { type: DataTypes.DATE(6), allowNull: false },
        bridgeId: {
          type: DataTypes.TEXT,
          references: { model: 'bridges', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        runId: {
          type: DataTypes.BIGINT,
          references: { model: 'sync_runs', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        actorKind: { type: DataTypes.TEXT, allowNull: false },
        actorId: { type: DataTypes.TEXT },
        action: { type: DataTypes.TEXT, allowNull: false },
        subjectKind: { type: DataTypes.TEXT, allowNull: false },
        subjectId: { type: DataTypes.TEXT, allowNull: false },
        version: { type: DataTypes.TEXT },
        detailsHash: { type: DataTypes.BLOB, allowNull: false },
        sequence: { type: DataTypes.BIGINT },
        chainHash: { type: DataTypes.BLOB },
      },
      { sequelize: db, tableName: 'audit_logs', modelName: 'audit_logs' },
    );
  }
}
